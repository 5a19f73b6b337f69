package zipkin.ee.storage.elasticsearch;

import static zipkin.ee.storage.elasticsearch.JsonBody.object;

import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.json.Json;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;

/**
 * What new indices look like, to the field as Zipkin's server has them (upstream:
 * VersionSpecificTemplates): what searches ask for is a keyword, tags and annotations are kept and
 * not indexed, since {@code _q} has their terms. Thread safe.
 */
final class Templates {
    private static final int MAX_TERM_LENGTH = 256;

    private static final JsonBody KEYWORD = object("type", "keyword", "norms", false);
    private static final JsonBody UNINDEXED = object("enabled", false);

    private static final JsonBody ENDPOINT =
            object("type", "object", "dynamic", false, "properties", object("serviceName", KEYWORD));

    private static final JsonBody STRINGS = object().with(
                    "mapping", object("type", "keyword", "norms", false, "ignore_above", MAX_TERM_LENGTH))
            .with("match_mapping_type", "string")
            .with("match", "*");

    /** Indexes a trace id as a whole and by its low 64 bits. */
    private static final JsonBody LENIENT_TRACE_IDS = object().with(
                    "analyzer",
                    object(
                            "traceId_analyzer",
                            object("type", "custom", "tokenizer", "keyword", "filter", "traceId_filter")))
            .with(
                    "filter",
                    object().with(
                                    "traceId_filter",
                                    object().with("type", "pattern_capture")
                                            .with("patterns", List.of("([0-9a-f]{1,16})$"))
                                            .with("preserve_original", true)));

    private final IndexNames names;
    private final ElasticsearchSettings.Templates settings;
    private final boolean strictTraceId;
    private final boolean searchEnabled;

    Templates(IndexNames names, ElasticsearchSettings.Templates settings, StorageSettings storage) {
        this.names = names;
        this.settings = settings;
        this.strictTraceId = storage.strictTraceId();
        this.searchEnabled = storage.searchEnabled();
    }

    /**
     * Puts those that are not there; what is there is left as it is. Returns why the cluster has
     * refused one, since a template of others comes before it; null when it has not.
     */
    @Nullable
    ClusterRefusedException ensure(Cluster cluster) {
        ClusterRefusedException refused = null;
        for (Kind kind : Kind.values()) {
            String path = path(kind);
            Object present = cluster.tree(ClusterRequest.get(path).ignoringMissing());
            if (Json.object(present).isEmpty() || Json.at(present, "error") != null) {
                try {
                    cluster.tree(ClusterRequest.put(path, json(kind)));
                } catch (ClusterRefusedException e) {
                    refused = e;
                }
            }
        }
        return refused;
    }

    String path(Kind kind) {
        String folder = settings.priority() == null ? "/_template/" : "/_index_template/";
        return folder + names.name(kind) + "_template";
    }

    String json(Kind kind) {
        JsonBody body = object("settings", indexSettings(kind), "mappings", mappings(kind));
        JsonBody template = object("index_patterns", names.name(kind) + "-*");
        Integer priority = settings.priority();
        if (priority == null) {
            template.withAll(body);
        } else {
            template.with("template", body);
            template.with("priority", priority);
        }
        return template.text();
    }

    private JsonBody indexSettings(Kind kind) {
        JsonBody index = object().with("index.number_of_shards", settings.shards())
                .with("index.number_of_replicas", settings.replicas())
                .with("index.requests.cache.enable", true);
        if (kind == Kind.SPAN && !strictTraceId) {
            index.with("analysis", LENIENT_TRACE_IDS);
        }
        return index;
    }

    private JsonBody mappings(Kind kind) {
        return switch (kind) {
            case SPAN -> spanMappings();
            case DEPENDENCY -> object("enabled", false);
            case AUTOCOMPLETE -> object("enabled", true, "properties", object("tagKey", KEYWORD, "tagValue", KEYWORD));
        };
    }

    private JsonBody spanMappings() {
        JsonBody fields = object().with(
                        "traceId",
                        strictTraceId
                                ? KEYWORD
                                : object("type", "text", "fielddata", "true", "analyzer", "traceId_analyzer"));
        if (!searchEnabled) {
            fields.withAll(object("annotations", UNINDEXED, "tags", UNINDEXED));
            return object("properties", fields);
        }
        fields.withAll(object().with("name", KEYWORD)
                .with("localEndpoint", ENDPOINT)
                .with("remoteEndpoint", ENDPOINT)
                .with("timestamp_millis", object("type", "date", "format", "epoch_millis"))
                .with("duration", object("type", "long"))
                .with("annotations", UNINDEXED)
                .with("tags", UNINDEXED)
                .with("_q", KEYWORD));
        return object().with("_source", object("excludes", List.of("_q")))
                .with("dynamic_templates", List.of(object("strings", STRINGS)))
                .with("properties", fields);
    }
}
