package zipkin.ee.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.ElasticsearchSettings;
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
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("index_patterns", names.name(kind) + "-*");
            Integer priority = settings.priority();
            if (priority != null) {
                json.writeObjectFieldStart("template");
            }
            writeSettings(json, kind);
            json.writeObjectFieldStart("mappings");
            writeMappings(json, kind);
            json.writeEndObject();
            if (priority != null) {
                json.writeEndObject();
                json.writeNumberField("priority", priority);
            }
            json.writeEndObject();
        });
    }

    private void writeSettings(JsonGenerator json, Kind kind) throws IOException {
        json.writeObjectFieldStart("settings");
        json.writeNumberField("index.number_of_shards", settings.shards());
        json.writeNumberField("index.number_of_replicas", settings.replicas());
        json.writeBooleanField("index.requests.cache.enable", true);
        if (kind == Kind.SPAN && !strictTraceId) {
            json.writeObjectFieldStart("analysis");
            json.writeObjectFieldStart("analyzer");
            json.writeObjectFieldStart("traceId_analyzer");
            json.writeStringField("type", "custom");
            json.writeStringField("tokenizer", "keyword");
            json.writeStringField("filter", "traceId_filter");
            json.writeEndObject();
            json.writeEndObject();
            json.writeObjectFieldStart("filter");
            json.writeObjectFieldStart("traceId_filter");
            json.writeStringField("type", "pattern_capture");
            json.writeArrayFieldStart("patterns");
            json.writeString("([0-9a-f]{1,16})$");
            json.writeEndArray();
            json.writeBooleanField("preserve_original", true);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeMappings(JsonGenerator json, Kind kind) throws IOException {
        switch (kind) {
            case SPAN -> writeSpanMappings(json);
            case DEPENDENCY -> json.writeBooleanField("enabled", false);
            case AUTOCOMPLETE -> {
                json.writeBooleanField("enabled", true);
                json.writeObjectFieldStart("properties");
                writeKeyword(json, "tagKey");
                writeKeyword(json, "tagValue");
                json.writeEndObject();
            }
        }
    }

    private void writeSpanMappings(JsonGenerator json) throws IOException {
        if (searchEnabled) {
            json.writeObjectFieldStart("_source");
            json.writeArrayFieldStart("excludes");
            json.writeString("_q");
            json.writeEndArray();
            json.writeEndObject();
            writeDynamicTemplate(json);
        }
        json.writeObjectFieldStart("properties");
        writeTraceId(json);
        if (searchEnabled) {
            writeKeyword(json, "name");
            writeEndpoint(json, "localEndpoint");
            writeEndpoint(json, "remoteEndpoint");
            json.writeObjectFieldStart("timestamp_millis");
            json.writeStringField("type", "date");
            json.writeStringField("format", "epoch_millis");
            json.writeEndObject();
            json.writeObjectFieldStart("duration");
            json.writeStringField("type", "long");
            json.writeEndObject();
        }
        writeUnindexed(json, "annotations");
        writeUnindexed(json, "tags");
        if (searchEnabled) {
            writeKeyword(json, "_q");
        }
        json.writeEndObject();
    }

    private static void writeDynamicTemplate(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("dynamic_templates");
        json.writeStartObject();
        json.writeObjectFieldStart("strings");
        json.writeObjectFieldStart("mapping");
        json.writeStringField("type", "keyword");
        json.writeBooleanField("norms", false);
        json.writeNumberField("ignore_above", MAX_TERM_LENGTH);
        json.writeEndObject();
        json.writeStringField("match_mapping_type", "string");
        json.writeStringField("match", "*");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void writeTraceId(JsonGenerator json) throws IOException {
        if (strictTraceId) {
            writeKeyword(json, "traceId");
            return;
        }
        json.writeObjectFieldStart("traceId");
        json.writeStringField("type", "text");
        json.writeStringField("fielddata", "true");
        json.writeStringField("analyzer", "traceId_analyzer");
        json.writeEndObject();
    }

    private static void writeEndpoint(JsonGenerator json, String name) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("type", "object");
        json.writeBooleanField("dynamic", false);
        json.writeObjectFieldStart("properties");
        writeKeyword(json, "serviceName");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeKeyword(JsonGenerator json, String name) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("type", "keyword");
        json.writeBooleanField("norms", false);
        json.writeEndObject();
    }

    private static void writeUnindexed(JsonGenerator json, String name) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeBooleanField("enabled", false);
        json.writeEndObject();
    }
}
