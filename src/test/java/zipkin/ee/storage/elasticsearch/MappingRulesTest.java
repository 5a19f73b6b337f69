package zipkin.ee.storage.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.json.Json;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;

class MappingRulesTest {
    private static final StorageSettings LENIENT =
            new StorageSettings("elasticsearch", List.of(), false, true, List.of("environment"), Duration.ofHours(1));
    private static final StorageSettings UNSEARCHED =
            new StorageSettings("elasticsearch", List.of(), true, false, List.of(), Duration.ofHours(1));

    private final MappingRules rules = new MappingRules(ClusterStorage.STORAGE);

    /** Those of Zipkin's template for spans, as an index answers them. */
    static String ownMappings() {
        return template(ClusterStorage.STORAGE, Kind.SPAN);
    }

    private static String template(StorageSettings storage, Kind kind) {
        IndexNames names = new IndexNames(new ElasticsearchSettings.IndexNaming("zipkin", "-"), Clock.systemUTC());
        return new Templates(names, new ElasticsearchSettings.Templates(true, 1, 0, null), storage).json(kind);
    }

    @Test
    void templatesOfOurs_conform_whateverTheSettings() {
        for (StorageSettings settings : List.of(ClusterStorage.STORAGE, LENIENT, UNSEARCHED)) {
            for (Kind kind : Kind.values()) {
                assertThat(new MappingRules(settings)
                                .violation(kind, Json.at(tree(template(settings, kind)), "mappings")))
                        .isNull();
            }
        }
        // The template is there from before STRICT_TRACE_ID was changed, or SEARCH_ENABLED.
        assertThat(violation(template(LENIENT, Kind.SPAN))).isNull();
        assertThat(new MappingRules(UNSEARCHED).violation(Kind.SPAN, Json.at(tree(ownMappings()), "mappings")))
                .isNull();
    }

    @Test
    void noMapping_isWhatTheEngineMakesOfText() {
        assertThat(violation("{\"mappings\":{}}")).isEqualTo("the field traceId as text instead of keyword");
        assertThat(violation("{\"mappings\":{\"dynamic\":\"false\"}}"))
                .isEqualTo("the field traceId unmapped instead of keyword");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "name":{"type":"keyword","norms":false}          | "name":{"type":"text"}                  | the field name as text instead of keyword
                    "_q":{"type":"keyword","norms":false}            | "_q":{"type":"keyword","index":false}   | the field _q unsearchable instead of keyword
                    "duration":{"type":"long"}                       | "duration":{"type":"integer"}           | the field duration as integer instead of long
                    "type":"date","format"                           | "type":"keyword","format"               | the field timestamp_millis as keyword instead of date
                    "serviceName":{"type":"keyword","norms":false}   | "serviceName":{"type":"text"}           | the field serviceName of localEndpoint as text instead of keyword
                    "tags":{"enabled":false}                         | "tags":{"type":"object"}                | the field tags indexed instead of enabled: false
                    "annotations":{"enabled":false}                  | "a":{"enabled":false}                   | the field annotations indexed instead of enabled: false
                    "_source":{                                      | "_source":{"enabled":false,             | no _source
                    "properties":{"traceId"                          | "properties":{"timestamp":{"type":"integer"},"traceId" | the field timestamp as integer
                    "dynamic_templates"                              | "dynamic":"strict","dynamic_templates"  | the field id forbidden by dynamic: strict
                    """)
    void fields_thatZipkinCantWorkWith_areNamed(String own, String foreign, String violation) {
        assertThat(ownMappings()).contains(own);
        assertThat(violation(ownMappings().replace(own, foreign))).isEqualTo(violation);
    }

    private @Nullable String violation(String template) {
        return rules.violation(Kind.SPAN, Json.at(tree(template), "mappings"));
    }

    private static Object tree(String json) {
        try {
            return Json.tree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
