package zipkin.ee.storage.elasticsearch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;
import zipkin.ee.storage.UnusableStorageException;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;

/**
 * Checks the fields of indices by {@link MappingRules}: those that an index has, or those that a
 * new one would get from the cluster's templates. A foreign template that wins over Zipkin's is
 * found before it spoils a day. Without the right to look, nothing is found. Thread safe.
 */
final class MappingCheck {
    /** Days that late spans may be of; beyond, all are looked at again. */
    private static final int MAX_KNOWN = 10_000;

    private final Cluster cluster;
    private final IndexNames names;
    private final MappingRules rules;
    private final Set<String> conforming = ConcurrentHashMap.newKeySet();

    MappingCheck(Cluster cluster, IndexNames names, MappingRules rules) {
        this.cluster = cluster;
        this.names = names;
        this.rules = rules;
    }

    /**
     * Checks the indices of today, by asking the cluster. Returns whether the fields of spans could
     * be looked at.
     *
     * @throws ForeignMappingException when one of them is wrong, or would be
     */
    boolean checkToday() {
        boolean known = check(Kind.SPAN, names.name(Kind.SPAN, names.today()));
        check(Kind.AUTOCOMPLETE, names.name(Kind.AUTOCOMPLETE, names.today()));
        return known;
    }

    /**
     * Checks an index unless it is known to conform, see {@link #checkToday}. To be called before
     * something is written into it.
     */
    void ensure(Kind kind, String index) {
        if (!conforming.contains(index)) {
            check(kind, index);
        }
    }

    /**
     * Checks an index by asking the cluster, see {@link #checkToday}. Returns whether its fields
     * could be looked at.
     */
    boolean check(Kind kind, String index) {
        if (!rules.apply(kind)) {
            return false;
        }
        conforming.remove(index);
        Object present = Json.object(ask(ClusterRequest.get("/" + index + "/_mapping"))).values().stream()
                .findFirst()
                .orElse(null);
        Object mappings = present == null ? predicted(index) : Json.at(present, "mappings");
        String violation = mappings == null ? null : rules.violation(kind, mappings);
        if (violation != null) {
            throw new ForeignMappingException(
                    (present == null ? "A new index " + index + " would have " : "The index " + index + " has ")
                            + violation + ", since another template of the cluster wins over Zipkin's: set"
                            + " ES_TEMPLATE_PRIORITY above the priority of that template"
                            + (present == null ? "." : ", and delete or reindex the index."));
        }
        if (conforming.size() >= MAX_KNOWN) {
            conforming.clear();
        }
        conforming.add(index);
        return mappings != null;
    }

    /** The mappings that a new index would get; null when that can't be known. */
    private @Nullable Object predicted(String index) {
        Object simulated = ask(ClusterRequest.post("/_index_template/_simulate_index/" + index, ""));
        if (simulated == null) {
            return null;
        }
        if (Json.at(simulated, "template") != null) {
            Object mappings = Json.object(simulated, "template", "mappings");
            // OpenSearch names the only type that there still is.
            Object typed = Json.at(mappings, "_doc");
            return typed == null ? mappings : typed;
        }
        Object templates = ask(ClusterRequest.get("/_template"));
        return templates == null ? null : merged(index, templates);
    }

    /** Templates of the older kind add up, the one of the highest order last. */
    private static Object merged(String index, Object templates) {
        List<@Nullable Object> matching = new ArrayList<>();
        for (Object template : Json.object(templates).values()) {
            if (Json.array(template, "index_patterns").stream().anyMatch(pattern -> matches(index, pattern))) {
                matching.add(template);
            }
        }
        matching.sort(Comparator.comparingLong(template -> Json.number(template, "order")));
        Map<String, @Nullable Object> mappings = new LinkedHashMap<>();
        for (Object template : matching) {
            merge(mappings, Json.object(template, "mappings"));
        }
        return mappings;
    }

    private static void merge(Map<String, @Nullable Object> into, Map<String, @Nullable Object> from) {
        from.forEach((name, value) -> {
            if (into.get(name) instanceof Map<?, ?> && value instanceof Map<?, ?>) {
                Map<String, @Nullable Object> both = new LinkedHashMap<>(Json.object(into.get(name)));
                merge(both, Json.object(value));
                into.put(name, both);
            } else {
                into.put(name, value);
            }
        });
    }

    private static boolean matches(String index, @Nullable Object pattern) {
        String[] parts = String.valueOf(pattern).split("\\*", -1);
        List<String> quoted = new ArrayList<>();
        for (String part : parts) {
            quoted.add(Pattern.quote(part));
        }
        return index.matches(String.join(".*", quoted));
    }

    /** Null when nothing has that name, or the cluster denies access. */
    private @Nullable Object ask(ClusterRequest request) {
        try {
            return cluster.tree(request);
        } catch (UnusableStorageException | ClusterRefusedException e) {
            return null;
        }
    }
}
