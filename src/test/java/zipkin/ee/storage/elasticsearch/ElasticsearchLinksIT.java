package zipkin.ee.storage.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import zipkin.ee.link.DependencyAggregator;
import zipkin.ee.storage.LiveLinksContract;
import zipkin.ee.testing.search.SearchEngine;
import zipkin.ee.testing.search.SearchNode;
import zipkin.ee.testing.search.SharedNodes;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.storage.StorageComponent;

class ElasticsearchLinksIT extends LiveLinksContract {
    private static final String PREFIX = "links";

    private final SearchNode node = SharedNodes.of(SearchEngine.OPENSEARCH_2);

    @Override
    protected StorageComponent open(Clock clock) {
        ElasticsearchStorage storage = ClusterStorage.open(
                ClusterStorage.settings(PREFIX, Duration.ZERO, node.address()), ClusterStorage.STORAGE, clock);
        storage.open();
        return new ClusterStorage.Refreshed(storage, () -> node.refresh(PREFIX));
    }

    @Override
    protected void count(StorageComponent storage) {
        DependencyAggregator links = ClusterStorage.of(storage).aggregator();
        while (links.aggregateNext() > 0) {
            // until nothing is left
        }
        node.refresh(PREFIX);
    }

    @AfterEach
    void clear() {
        node.clear(PREFIX);
    }

    /** The fields that zipkin-dependencies writes; the reference reads four of them. */
    @Test
    void documents_haveTheFieldsOfTheSparkJob() throws IOException {
        try (StorageComponent storage = open(Clock.systemUTC())) {
            Span client = Span.newBuilder()
                    .traceId("1")
                    .id("1")
                    .kind(Span.Kind.CLIENT)
                    .timestamp(System.currentTimeMillis() * 1000)
                    .localEndpoint(
                            Endpoint.newBuilder().serviceName("front end").build())
                    .remoteEndpoint(Endpoint.newBuilder().serviceName("backend").build())
                    .putTag("error", "")
                    .build();
            storage.spanConsumer().accept(List.of(client)).execute();
            count(storage);
            assertThat(node.request(
                            "GET",
                            "/" + PREFIX + "-dependency-" + LocalDate.now(ZoneOffset.UTC)
                                    + "/_source/front%20end%7Cbackend",
                            ""))
                    .isEqualTo("{\"id\":\"front end|backend\",\"parent\":\"front end\",\"child\":\"backend\","
                            + "\"callCount\":1,\"errorCount\":1,\"step\":1}");
        }
    }
}
