package zipkin.ee.codec.otlp;

import static zipkin.ee.codec.FastPathUnsupportedException.requireUsual;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.MessageTexts;
import zipkin.ee.codec.SpanColumnsBuilder;

/**
 * Reads the attributes of spans from protobuf into columns. The tag {@code error} is added at the
 * end of its span, when it is known what becomes of it. For one message and thread.
 */
final class ColumnTags implements OtlpTags.Target {
    /** Attributes whose values are needed for more than a tag. */
    private static final KnownKeys KEYS;

    /** Texts that are remembered because they may come again. */
    private static final int MAX_KNOWN = 256;

    private static final int MAX_KNOWN_LENGTH = 64;

    static {
        TreeSet<String> names = new TreeSet<>(OtlpEndpoints.ATTRIBUTES);
        names.add(TagNames.ERROR);
        names.add(TagNames.ERROR_TYPE);
        KEYS = new KnownKeys(names);
    }

    private final ProtobufCursor in;
    private final ProtobufValues values;
    private final OtlpLimits limits;
    private final SpanColumnsBuilder spans;
    private final MessageTexts texts;
    private final Map<String, Integer> known = new HashMap<>();
    private @Nullable String error;
    private @Nullable String errorType;

    /** The value that was read last, unless it is a text. */
    private @Nullable OtlpValue typed;

    ColumnTags(ProtobufCursor in, OtlpLimits limits, SpanColumnsBuilder spans) {
        this.in = in;
        this.values = new ProtobufValues(in, limits);
        this.limits = limits;
        this.spans = spans;
        this.texts = spans.texts();
    }

    /** Begins a span. */
    void begin() {
        error = errorType = null;
    }

    /**
     * Adds the attribute at the cursor as a tag, and to the attributes of the span if an endpoint
     * may come from it.
     */
    void attribute(OtlpSpan span) {
        limits.entries(1);
        int key = 0;
        int value = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = text();
                case 2 -> {
                    requireUsual(value == 0); // otherwise they are merged
                    value = value();
                }
                default -> in.skip();
            }
        }
        in.leave(outer);
        if (key == 0 || texts.length(key) == 0) {
            return; // not an attribute
        }
        if (value == 0) {
            value = text(OtlpValue.Empty.VALUE);
        }
        String name = KEYS.find(texts, key);
        if (name != null) {
            note(span, name, typed == null ? new OtlpValue.Text(texts.string(value)) : typed);
        }
        if (!TagNames.ERROR.equals(name)) {
            spans.putTag(key, value);
        }
    }

    private void note(OtlpSpan span, String name, OtlpValue value) {
        switch (name) {
            case TagNames.ERROR -> error = value.text();
            case TagNames.ERROR_TYPE -> errorType = value.text();
            default -> span.attributes.put(name, value);
        }
    }

    /** Reads an AnyValue and returns its text as a tag. */
    private int value() {
        int outer = in.enter();
        int text;
        if (!in.next()) {
            text = text(OtlpValue.Empty.VALUE);
        } else if (in.field() == 1) {
            typed = null;
            text = text();
        } else {
            text = text(values.member(OtlpValue.Empty.VALUE, 0));
        }
        requireUsual(!in.next()); // otherwise the last member wins
        in.leave(outer);
        return text;
    }

    private int text() {
        int from = in.from();
        return texts.utf8(from, in.position());
    }

    private int text(OtlpValue value) {
        typed = value;
        return text(value.text());
    }

    /** The number of a text, which may be that of an equal one. */
    int text(String text) {
        if (text.length() > MAX_KNOWN_LENGTH) {
            return texts.add(text);
        }
        Integer number = known.get(text);
        if (number != null) {
            return number;
        }
        int added = texts.add(text);
        if (known.size() < MAX_KNOWN) {
            known.put(text, added);
        }
        return added;
    }

    @Override
    public @Nullable String get(String key) {
        return key.equals(TagNames.ERROR) ? error : errorType;
    }

    @Override
    public void put(String key, String value) {
        if (key.equals(TagNames.ERROR)) {
            error = value;
        } else {
            spans.putTag(text(key), text(value));
        }
    }

    @Override
    public void removeError() {
        error = null;
    }

    /** Ends the tags of the span. */
    void end() {
        if (error != null) {
            spans.putTag(text(TagNames.ERROR), text(error));
        }
    }
}
