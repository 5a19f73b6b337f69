package zipkin.ee.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.storage.StorageUnavailableException;

class ConsistencyTest {
    private static final Map<String, String> ONE = Map.of("class", "SimpleStrategy", "replication_factor", "1");
    private static final Map<String, String> CENTERS =
            Map.of("class", "org.apache.cassandra.locator.NetworkTopologyStrategy", "dc1", "3", "dc2", "2");

    @Test
    void text_ofOneReplica_saysWhatThatMeans() {
        assertThat(consistency("LOCAL_ONE").text(ONE))
                .isEqualTo("LOCAL_ONE with replication factor 1: a node that is lost takes its spans with it");
        assertThat(consistency("QUORUM").text(ONE))
                .isEqualTo("QUORUM with replication factor 1: a node that is lost takes its spans with it");
    }

    @Test
    void text_ofSeveralDataCenters_countsThoseThatTheLevelAsks() {
        assertThat(consistency("LOCAL_QUORUM").text(CENTERS)).isEqualTo("LOCAL_QUORUM with replication factor 3");
        assertThat(consistency("QUORUM").text(CENTERS)).isEqualTo("QUORUM with replication factor 5");
        assertThat(consistency("ALL").text(Map.of("class", "x", "dc1", "3/1")))
                .isEqualTo("ALL with replication factor 2");
        assertThat(consistency("ALL").text(Map.of())).isEqualTo("ALL");
    }

    @Test
    void text_ofTooFewReplicas_isAnError() {
        assertThatThrownBy(() -> consistency("TWO").text(ONE))
                .isExactlyInstanceOf(StorageUnavailableException.class)
                .hasMessage("Consistency TWO needs 2 replicas, the keyspace has 1: raise its replication, or lower"
                        + " CASSANDRA_CONSISTENCY.");
    }

    private static Consistency consistency(String level) {
        return new Consistency(new CassandraSettings(
                "zipkin2",
                List.of(InetSocketAddress.createUnresolved("localhost", 9042)),
                "dc1",
                true,
                new CassandraSettings.Access(null, null, false, true),
                8,
                3,
                Duration.ofSeconds(10),
                new CassandraSettings.Writing(2, 2000, 128),
                200_000,
                level));
    }
}
