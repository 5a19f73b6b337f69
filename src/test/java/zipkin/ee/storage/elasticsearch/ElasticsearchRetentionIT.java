package zipkin.ee.storage.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin.ee.testing.search.SearchEngine;
import zipkin.ee.testing.search.SearchNode;
import zipkin.ee.testing.search.SharedNodes;

/** Days that are over for longer than STORAGE_RETENTION, on real nodes. */
class ElasticsearchRetentionIT {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-20T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @EnumSource(
            value = SearchEngine.class,
            names = {"OPENSEARCH_2", "ELASTICSEARCH_8"})
    void indices_ofDaysOverForLonger_areDeleted_andNoOthers(SearchEngine engine) throws IOException {
        assertDeletes(SharedNodes.of(engine));
    }

    @Test
    @Tag("matrix")
    void indices_ofDaysOverForLonger_onElasticsearch7_areDeleted_andNoOthers() throws IOException {
        assertDeletes(SharedNodes.of(SearchEngine.ELASTICSEARCH_7));
    }

    private static void assertDeletes(SearchNode node) throws IOException {
        node.clear("*days");
        List<String> old = List.of(
                "days-span-2026-03-12",
                "days-span-2025-12-31",
                "days-dependency-2026-03-01",
                "days-autocomplete-2026-03-01");
        List<String> kept = List.of(
                "days-span-2026-03-13", // a part of it is younger than seven days
                "days-span-2026-03-19", // today's would have to have Zipkin's fields
                "days-links",
                "days-span-dev-2026-03-01",
                "days-span-2026-02-30",
                "days-dev-span-2026-03-01",
                "otherdays-span-2026-03-01");
        for (String index : old) {
            node.request("PUT", "/" + index, "");
        }
        for (String index : kept) {
            node.request("PUT", "/" + index, "");
        }
        node.request("POST", "/days-span-2025-12-31/_close", "");
        try (ElasticsearchStorage storage = ClusterStorage.open(
                ClusterStorage.settings("days", Duration.ofDays(7), node.address()), ClusterStorage.STORAGE, CLOCK)) {
            storage.retention().deleteAll();
            assertThat(indices(node)).containsExactlyInAnyOrderElementsOf(kept);
            assertThat(storage.retention().deleted()).isEqualTo(old.size());
            storage.retention().deleteAll();
            assertThat(indices(node)).containsExactlyInAnyOrderElementsOf(kept);
        } finally {
            node.clear("*days");
        }
    }

    private static List<String> indices(SearchNode node) {
        return node.request("GET", "/_cat/indices/*days-*?h=index&expand_wildcards=open,closed", "")
                .lines()
                .map(String::trim)
                .toList();
    }
}
