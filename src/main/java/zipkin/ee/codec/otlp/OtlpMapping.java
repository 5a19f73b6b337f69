package zipkin.ee.codec.otlp;

import java.util.List;

/**
 * Settings of the mapping from OTLP to Zipkin.
 *
 * @param resourcePrefix precedes the names of resource attributes in tags; may be empty
 * @param resourceAttributes names of the resource attributes that become tags of each span. A
 *     {@code *} stands for any characters, and a name after {@code !} is left out. Names to leave
 *     out alone mean all others; an empty list means none
 * @param ipAsService whether the remote service is named after its IP address when no attribute has
 *     a name for it
 * @param libraryTags whether the scope is also in the deprecated tags {@code otel.library.name} and
 *     {@code otel.library.version}
 * @param correlatedLogs whether log records of a span that are not events become annotations too:
 *     the text of their body
 */
public record OtlpMapping(
        String resourcePrefix,
        List<String> resourceAttributes,
        boolean ipAsService,
        boolean libraryTags,
        boolean correlatedLogs) {
    public OtlpMapping {
        resourceAttributes = List.copyOf(resourceAttributes);
    }

    /** A mapping in which events alone become annotations. */
    public OtlpMapping(
            String resourcePrefix, List<String> resourceAttributes, boolean ipAsService, boolean libraryTags) {
        this(resourcePrefix, resourceAttributes, ipAsService, libraryTags, false);
    }

    public static OtlpMapping defaults() {
        return new OtlpMapping("", List.of("*"), true, false);
    }
}
