package zipkin.ee.interchange;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.ReferenceServer;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.cassandra.CassandraNode;
import zipkin.ee.testing.cassandra.CassandraVersion;
import zipkin.ee.testing.cassandra.SharedCassandra;

class CassandraInterchangeIT {
    /** With SASI, without which the reference does not start. */
    @Test
    void keyspace_isSharedWithTheReference() {
        CassandraNode node = SharedCassandra.of(CassandraVersion.V4_1, true);
        Map<String, String> settings = Map.of(
                "STORAGE_TYPE", "cassandra3",
                "CASSANDRA_CONTACT_POINTS", node.address(),
                "CASSANDRA_KEYSPACE", "zipkin_interchange",
                "AUTOCOMPLETE_KEYS", "environment");
        Map<String, String> withLinks = new HashMap<>(settings);
        withLinks.put("DEPENDENCY_LINKS_REST", "1s");
        try (ZipkinEeServer ours = ZipkinEeServer.start(withLinks);
                ReferenceServer reference = ReferenceServer.start(settings)) {
            Interchange interchange = new Interchange(new ZipkinHttp(reference.uri()), new ZipkinHttp(ours.uri()));
            interchange.write();
            interchange.assertTracesAreWhole();
            interchange.assertAnswersAreEqual();
            // Live counting knows what we have stored, not what the reference has.
            interchange.assertLinksAreEqual(Map.of("frontend>backend", 4, "backend>mysql", 4));
        }
    }
}
