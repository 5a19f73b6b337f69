package zipkin.ee.codec.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON objects that {@link OtlpJsonText} writes, and those of other exporters. Whole
 * numbers become integers where they fit into a long. Texts of one message that are none cost an
 * exception each, so after very many it reads no more. For one message and thread.
 */
final class JsonObjects {
    static final int MAX_FAILURES = 1_000;

    /** Few, since a writer copies what is at the bottom once for each. */
    private static final int MAX_DEPTH = 32;

    /** Has no table of field names, because clients choose them. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private int failures;

    /**
     * Returns the members in order; null if the text is anything else than one JSON object, has a
     * member twice, or is nested more than 32 levels deep.
     */
    @Nullable
    Map<String, OtlpValue> read(String json) {
        if (failures == MAX_FAILURES) {
            return null;
        }
        try (JsonParser in = FACTORY.createParser(json)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, OtlpValue> members = members(in);
            return in.nextToken() == null ? members : null;
        } catch (IOException | NotRepresentableException e) {
            failures++;
            return null;
        }
    }

    private static Map<String, OtlpValue> members(JsonParser in) throws IOException {
        Map<String, OtlpValue> members = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            members.put(name, value(in));
        }
        return members;
    }

    private static OtlpValue value(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_STRING -> new OtlpValue.Text(in.getText());
            case VALUE_TRUE -> new OtlpValue.Bool(true);
            case VALUE_FALSE -> new OtlpValue.Bool(false);
            case VALUE_NULL -> OtlpValue.Empty.VALUE;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in);
            case START_ARRAY -> array(in);
            case START_OBJECT -> new OtlpValue.KeyValues(members(in));
            default -> throw new NotRepresentableException();
        };
    }

    private static OtlpValue array(JsonParser in) throws IOException {
        OtlpValue.Array array = new OtlpValue.Array();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            array.values().add(value(in));
        }
        return array;
    }

    private static OtlpValue number(JsonParser in) throws IOException {
        boolean isLong =
                switch (in.getNumberType()) {
                    case INT, LONG -> !in.getText().equals("-0");
                    default -> false;
                };
        if (isLong) {
            return new OtlpValue.Int(in.getLongValue());
        }
        double value = in.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw new NotRepresentableException();
        }
        return new OtlpValue.Decimal(value);
    }

    /** JSON that no value stands for. Without a stack trace, because clients can cause many. */
    private static final class NotRepresentableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotRepresentableException() {
            super(null, null, false, false);
        }
    }
}
