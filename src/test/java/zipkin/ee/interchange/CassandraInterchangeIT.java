package zipkin.ee.interchange;

import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.cassandra.SharedCassandra;

class CassandraInterchangeIT {
    @Test
    void keyspace_isSharedWithTheReference() {
        Map<String, String> settings = Map.of(
                "STORAGE_TYPE",
                "cassandra3",
                "CASSANDRA_CONTACT_POINTS",
                SharedCassandra.ofReference().address(),
                "CASSANDRA_USERNAME",
                SharedCassandra.USER,
                "CASSANDRA_PASSWORD",
                SharedCassandra.PASSWORD,
                "CASSANDRA_KEYSPACE",
                "zipkin_interchange",
                "AUTOCOMPLETE_KEYS",
                "environment");
        // Live counting knows what we have stored, not what the reference has.
        Interchange.assertShared(settings, Map.of("frontend>backend", 4, "backend>mysql", 4));
    }
}
