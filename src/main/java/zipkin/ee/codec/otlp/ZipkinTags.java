package zipkin.ee.codec.otlp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;

/**
 * The tags of a span that are still to be written: those that {@link OtlpTags} has made of fields
 * are taken out and become fields again. For one span and thread.
 */
final class ZipkinTags {
    private static final long MAX_COUNT = 0xffff_ffffL;
    private static final int MAX_LINKS = 128;
    private static final Pattern COUNT = Pattern.compile("0|[1-9][0-9]{0,9}");
    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SPAN_ID = Pattern.compile("[0-9a-f]{16}");

    private final JsonObjects json;
    private final Map<String, String> tags;

    /** @param json of the message */
    ZipkinTags(Span span, JsonObjects json) {
        this.json = json;
        this.tags = new LinkedHashMap<>(span.tags());
    }

    /** Takes a text; empty if there is none. */
    String takeText(String name) {
        String text = tags.getOrDefault(name, "");
        if (!text.isEmpty()) {
            tags.remove(name);
        }
        return text;
    }

    /** Takes a count; 0 if the tag is none. */
    long takeCount(String name) {
        long count = count(tags.getOrDefault(name, ""));
        if (count <= 0) {
            return 0;
        }
        tags.remove(name);
        return count;
    }

    /** A number of 32 bits without sign, as it is written; -1 for any other text. */
    private static long count(String text) {
        long count = COUNT.matcher(text).matches() ? Long.parseLong(text) : -1;
        return count <= MAX_COUNT ? count : -1;
    }

    /**
     * Takes the status. A span with any {@code error} tag has failed, as in Zipkin, unless its
     * status is OK. The text of the tag is the message, except for {@code true} and {@code false};
     * it stays an attribute where the message has a tag of its own.
     */
    void takeStatus(OtlpSpan target) {
        String code = tags.getOrDefault(TagNames.STATUS_CODE, "");
        String error = tags.get(TagNames.ERROR);
        if (code.equalsIgnoreCase("OK")) {
            tags.remove(TagNames.STATUS_CODE);
            target.statusCode = OtlpSpan.STATUS_OK;
        } else if (error != null || code.equalsIgnoreCase("ERROR")) {
            tags.remove(TagNames.STATUS_CODE);
            target.statusCode = OtlpSpan.STATUS_ERROR;
            target.statusMessage = takeMessage(error);
        }
    }

    private String takeMessage(@Nullable String error) {
        String description = tags.remove(TagNames.STATUS_DESCRIPTION);
        boolean isReason = error != null && !isFlag(error);
        if (description != null) {
            if (!isReason) {
                tags.remove(TagNames.ERROR);
            }
            return description;
        }
        boolean hidesType = "".equals(error) && tags.containsKey(TagNames.ERROR_TYPE);
        if (!hidesType) { // an intake would otherwise show the type in place of nothing
            tags.remove(TagNames.ERROR);
        }
        return isReason ? String.valueOf(error) : "";
    }

    /** Whether the tag only says whether the span has failed. */
    private static boolean isFlag(String error) {
        return error.equals("true") || error.equals("false");
    }

    /** Takes the links whose numbers follow each other from 0, up to one that cannot be read. */
    List<OtlpSpan.Link> takeLinks() {
        List<OtlpSpan.Link> links = new ArrayList<>();
        for (int i = 0; i < MAX_LINKS; i++) {
            String name = TagNames.LINK + i;
            OtlpSpan.Link link = link(tags.get(name));
            if (link == null) {
                break;
            }
            tags.remove(name);
            links.add(link);
        }
        return links;
    }

    /** Reads {@code traceId|spanId|traceState|{attributes}|dropped}; null for any other text. */
    private OtlpSpan.@Nullable Link link(@Nullable String text) {
        String[] parts = text == null ? new String[0] : text.split("\\|", 3);
        if (parts.length < 3
                || !TRACE_ID.matcher(parts[0]).matches()
                || !SPAN_ID.matcher(parts[1]).matches()) {
            return null;
        }
        String rest = parts[2];
        int start = rest.indexOf("|{");
        int dropped = rest.lastIndexOf('|');
        if (start < 0 || dropped <= start) {
            return null;
        }
        long count = count(rest.substring(dropped + 1));
        Map<String, OtlpValue> attributes = json.read(rest.substring(start + 1, dropped));
        if (count < 0 || attributes == null || attributes.containsKey("")) {
            return null;
        }
        OtlpSpan.Link link = new OtlpSpan.Link();
        link.traceId = OtlpId.ofHex(parts[0]);
        link.id = OtlpId.ofHex(parts[1]);
        link.traceState = rest.substring(0, start);
        link.attributes = attributes;
        link.droppedAttributes = count;
        return link;
    }

    /** All others, as texts. */
    Map<String, OtlpValue> attributes() {
        Map<String, OtlpValue> attributes = new LinkedHashMap<>();
        tags.forEach((name, text) -> attributes.put(name, new OtlpValue.Text(text)));
        attributes.remove("");
        return attributes;
    }
}
