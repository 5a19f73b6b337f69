package zipkin.ee.codec.otlp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;

/**
 * Makes the tags of spans. Later ones replace earlier ones: those of the resource, the scope, the
 * span, then those for the fields of the span. Thread safe.
 */
final class OtlpTags {
    private static final int MAX_LINKS = 128;

    private final OtlpMapping mapping;
    private final AttributeFilter resourceAttributes;

    OtlpTags(OtlpMapping mapping, AttributeFilter resourceAttributes) {
        this.mapping = mapping;
        this.resourceAttributes = resourceAttributes;
    }

    /** The tags of a resource and a scope, which all spans of the scope have. */
    Map<String, String> ofGroup(OtlpItems.Group group) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Map.Entry<String, OtlpValue> attribute :
                group.resource().attributes.entrySet()) {
            String name = attribute.getKey();
            if (!OtlpEndpoints.isServiceName(name) && resourceAttributes.keeps(name)) {
                tags.put(mapping.resourcePrefix() + name, attribute.getValue().text());
            }
        }
        putAll(group.scope().attributes, tags);
        return tags;
    }

    /** The tags of a span so far. */
    interface Target {
        /** The value of {@link TagNames#ERROR} or {@link TagNames#ERROR_TYPE}. */
        @Nullable
        String get(String key);

        void put(String key, String value);

        void removeError();
    }

    /** Tags in a map. */
    private record MapTarget(Map<String, String> tags) implements Target {
        @Override
        public @Nullable String get(String key) {
            return tags.get(key);
        }

        @Override
        public void put(String key, String value) {
            tags.put(key, value);
        }

        @Override
        public void removeError() {
            tags.remove(TagNames.ERROR);
        }
    }

    /**
     * Adds all tags of a span.
     *
     * @param ofGroup what {@link #ofGroup} returned
     * @param untimedEvents events that could not become annotations
     */
    void add(Map<String, String> ofGroup, OtlpScope scope, OtlpSpan span, long untimedEvents, Span.Builder target) {
        Map<String, String> tags = new LinkedHashMap<>(ofGroup);
        putAll(span.attributes, tags);
        addOfFields(scope, span, untimedEvents, new MapTarget(tags));
        tags.forEach(target::putTag);
    }

    /** Adds the tags for the fields of a span to those of its attributes. */
    void addOfFields(OtlpScope scope, OtlpSpan span, long untimedEvents, Target tags) {
        status(span, tags);
        scope(scope, tags);
        count(TagNames.DROPPED_ATTRIBUTES, span.droppedAttributes, tags);
        count(TagNames.DROPPED_EVENTS, span.droppedEvents + untimedEvents, tags);
        long leftOut = Math.max(0, span.links.size() - MAX_LINKS);
        count(TagNames.DROPPED_LINKS, span.droppedLinks + leftOut, tags);
        links(span.links, tags);
        text(TagNames.TRACE_STATE, span.traceState, tags);
    }

    private static void putAll(Map<String, OtlpValue> attributes, Map<String, String> tags) {
        attributes.forEach((name, value) -> tags.put(name, value.text()));
    }

    /**
     * Zipkin takes a span with any {@code error} tag for failed, so one that says whether it failed
     * is replaced or removed. Other texts are reasons and stay.
     */
    private static void status(OtlpSpan span, Target tags) {
        String own = tags.get(TagNames.ERROR);
        boolean isFlag = "true".equals(own) || "false".equals(own);
        if (span.statusCode != OtlpSpan.STATUS_ERROR) {
            if (isFlag) {
                tags.removeError();
            }
            if (span.statusCode == OtlpSpan.STATUS_OK) {
                tags.put(TagNames.STATUS_CODE, "OK");
            }
            return;
        }
        tags.put(TagNames.STATUS_CODE, "ERROR");
        if (own != null && !isFlag) {
            text(TagNames.STATUS_DESCRIPTION, span.statusMessage, tags);
        } else if (span.statusMessage.isEmpty()) {
            String type = tags.get(TagNames.ERROR_TYPE);
            tags.put(TagNames.ERROR, type == null ? "" : type);
        } else {
            tags.put(TagNames.ERROR, span.statusMessage);
        }
    }

    private void scope(OtlpScope scope, Target tags) {
        text(TagNames.SCOPE_NAME, scope.name, tags);
        text(TagNames.SCOPE_VERSION, scope.version, tags);
        if (mapping.libraryTags()) {
            text("otel.library.name", scope.name, tags);
            text("otel.library.version", scope.version, tags);
        }
    }

    /** Source of the format: the OpenTelemetry Collector, which can read it back. */
    private static void links(List<OtlpSpan.Link> links, Target tags) {
        for (int i = 0; i < Math.min(MAX_LINKS, links.size()); i++) {
            OtlpSpan.Link link = links.get(i);
            StringBuilder text = new StringBuilder();
            text.append(link.traceId.hex()).append('|').append(link.id.hex()).append('|');
            text.append(link.traceState).append('|');
            OtlpJsonText.appendObject(text, link.attributes);
            text.append('|').append(link.droppedAttributes);
            tags.put(TagNames.LINK + i, text.toString());
        }
    }

    private static void count(String tag, long count, Target tags) {
        if (count != 0) {
            tags.put(tag, Long.toString(count));
        }
    }

    private static void text(String tag, String text, Target tags) {
        if (!text.isEmpty()) {
            tags.put(tag, text);
        }
    }
}
