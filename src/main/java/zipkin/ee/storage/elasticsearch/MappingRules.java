package zipkin.ee.storage.elasticsearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.json.Json;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;

/**
 * How the fields of an index have to be mapped, so that documents are stored unmodified and
 * searches find them: those of {@link Templates}, and whatever does the same. Indices that other
 * versions of Zipkin have made conform. Thread safe.
 */
final class MappingRules {
    private static final Set<String> TEXTS = Set.of("keyword", "text", "wildcard");
    private static final Set<String> KEYWORDS = Set.of("keyword");
    private static final Set<String> NUMBERS = Set.of("long", "unsigned_long");
    private static final Set<String> TIMES = Set.of("date", "date_nanos", "long");

    /** Fields that a template need not have, and what they may be if it does. */
    private static final Map<String, Set<String>> OTHERS = Map.of(
            "id",
            TEXTS,
            "parentId",
            TEXTS,
            "kind",
            TEXTS,
            "timestamp",
            NUMBERS,
            "debug",
            Set.of("boolean"),
            "shared",
            Set.of("boolean"));

    private static final List<String> ENDPOINT_FIELDS = List.of("serviceName", "ipv4", "ipv6", "port");

    /** Fields that searches ask for, and their types. */
    private final Map<Kind, Map<String, Set<String>>> required;

    MappingRules(StorageSettings settings) {
        Map<String, Set<String>> span = new LinkedHashMap<>();
        span.put("traceId", KEYWORDS);
        if (settings.searchEnabled()) {
            span.put("localEndpoint.serviceName", KEYWORDS);
            span.put("remoteEndpoint.serviceName", KEYWORDS);
            span.put("name", KEYWORDS);
            span.put("_q", KEYWORDS);
            span.put("timestamp_millis", TIMES);
            span.put("duration", NUMBERS);
        }
        Map<String, Set<String>> tag = new LinkedHashMap<>();
        if (settings.searchEnabled() && !settings.autocompleteKeys().isEmpty()) {
            tag.put("tagKey", KEYWORDS);
            tag.put("tagValue", KEYWORDS);
        }
        required = Map.of(Kind.SPAN, span, Kind.AUTOCOMPLETE, tag);
    }

    /** Whether indices of a kind are subject to rules. */
    boolean apply(Kind kind) {
        return !required.getOrDefault(kind, Map.of()).isEmpty();
    }

    /**
     * What is wrong with the first field that is: {@code name as text instead of keyword}. Null
     * when all is well.
     *
     * @param mappings {@code {"properties":{…}}}
     */
    @Nullable
    String violation(Kind kind, @Nullable Object mappings) {
        for (Map.Entry<String, Set<String>> rule :
                required.getOrDefault(kind, Map.of()).entrySet()) {
            String field = rule.getKey();
            Object mapped = field(mappings, field);
            if (!isSearchable(mapped, rule.getValue()) && !(field.equals("traceId") && isLenientTraceId(mapped))) {
                return "the field " + spoken(field) + " " + found(mappings, mapped, rule.getValue()) + " instead of "
                        + usual(rule.getValue());
            }
        }
        return kind == Kind.SPAN ? spanViolation(mappings) : strict(mappings, List.of("tagKey", "tagValue"), "");
    }

    /** Names with dots look like those of hosts, which are hidden from anybody. */
    private static String spoken(String field) {
        int dot = field.indexOf('.');
        return dot < 0 ? field : field.substring(dot + 1) + " of " + field.substring(0, dot);
    }

    private static String found(@Nullable Object mappings, @Nullable Object mapped, Set<String> types) {
        if (mapped == null && !mapsByItself(mappings)) {
            return "unmapped";
        }
        return types.contains(type(mapped)) ? "unsearchable" : "as " + type(mapped);
    }

    /** The type that Zipkin's own templates have. */
    private static String usual(Set<String> types) {
        return types.equals(TIMES) ? "date" : types.equals(NUMBERS) ? "long" : "keyword";
    }

    /**
     * Whether fields that are not mapped get what the engine takes for text, which is the default.
     */
    private static boolean mapsByItself(@Nullable Object mappings) {
        String dynamic = Json.text(mappings, "dynamic");
        return dynamic.isEmpty() || dynamic.equals("true");
    }

    private static @Nullable String spanViolation(@Nullable Object mappings) {
        if (Boolean.FALSE.equals(Json.at(mappings, "_source", "enabled"))) {
            return "no _source";
        }
        for (String field : List.of("tags", "annotations")) {
            Object mapped = field(mappings, field);
            boolean unindexed = mapped != null
                    && (isFalse(Json.at(mapped, "enabled")) || isFalse(Json.at(mapped, "dynamic")))
                    && Json.object(mapped, "properties").isEmpty();
            if (!unindexed) {
                return "the field " + field + " indexed instead of enabled: false";
            }
        }
        for (Map.Entry<String, Set<String>> rule : OTHERS.entrySet()) {
            Object mapped = field(mappings, rule.getKey());
            if (mapped != null && !rule.getValue().contains(type(mapped)) && !isFalse(Json.at(mapped, "enabled"))) {
                return "the field " + rule.getKey() + " as " + type(mapped);
            }
        }
        String strict = strict(mappings, List.of("id", "parentId", "kind", "timestamp", "debug", "shared"), "");
        for (String endpoint : List.of("localEndpoint", "remoteEndpoint")) {
            strict = strict == null ? strict(field(mappings, endpoint), ENDPOINT_FIELDS, endpoint + ".") : strict;
        }
        return strict;
    }

    /** Returns the violation by a field that dynamic: strict does not allow; null for none. */
    private static @Nullable String strict(@Nullable Object mapped, List<String> fields, String prefix) {
        if (!Json.text(mapped, "dynamic").startsWith("strict")) {
            return null;
        }
        for (String field : fields) {
            if (field(mapped, field) == null) {
                return "the field " + spoken(prefix + field) + " forbidden by dynamic: strict";
            }
        }
        return null;
    }

    private static boolean isSearchable(@Nullable Object mapped, Set<String> types) {
        return types.contains(type(mapped))
                && !isFalse(Json.at(mapped, "index"))
                && !isFalse(Json.at(mapped, "doc_values"));
    }

    /** Whether it is the mapping for {@code STRICT_TRACE_ID=false}, which serves true as well. */
    private static boolean isLenientTraceId(@Nullable Object mapped) {
        return type(mapped).equals("text")
                && Json.text(mapped, "fielddata").equals("true")
                && !Json.text(mapped, "analyzer").isEmpty();
    }

    private static boolean isFalse(@Nullable Object value) {
        return value != null && value.toString().equals("false");
    }

    /** The mapping of a field below {@code properties}, by a name with dots. */
    private static @Nullable Object field(@Nullable Object mappings, String name) {
        Object mapped = mappings;
        for (String step : name.split("\\.", -1)) {
            mapped = Json.at(mapped, "properties", step);
        }
        return mapped;
    }

    /** A text is what the engine makes of a string that is not mapped; an object has no type. */
    private static String type(@Nullable Object mapped) {
        String type = Json.text(mapped, "type");
        return mapped == null ? "text" : type.isEmpty() ? "object" : type;
    }
}
