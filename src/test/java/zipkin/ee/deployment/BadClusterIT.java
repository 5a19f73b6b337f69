package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.cassandra.CassandraNode;
import zipkin.ee.testing.cassandra.SharedCassandra;
import zipkin.ee.testing.search.FakeCluster;

/**
 * A cluster that an administrator has to do something about stops the deployment by one line that
 * says what.
 */
class BadClusterIT {
    private static final String WRONG = "wr0ng-s3cret";

    @Test
    void elasticsearch_ofAnUnsupportedVersion_stopsTheDeployment() {
        try (FakeCluster old =
                new FakeCluster(request -> FakeCluster.Answer.ok("{\"version\":{\"number\":\"6.8.23\"}}"))) {
            StoppedDeployment.assertStops(
                    Map.of("STORAGE_TYPE", "elasticsearch", "ES_HOSTS", old.address()),
                    "ES_HOSTS leads to Elasticsearch 6.8.23."
                            + " Supported are Elasticsearch 7 to 9 and OpenSearch 1 to 3.");
        }
    }

    @Test
    void elasticsearch_withAWrongPassword_stopsTheDeployment() {
        String security = "{\"error\":{\"root_cause\":[{\"type\":\"security_exception\",\"reason\":\"unable to"
                + " authenticate user [zipkin] for REST request [/]\"}]},\"status\":401}";
        try (FakeCluster locked = new FakeCluster(request -> new FakeCluster.Answer(401, security))) {
            String log = StoppedDeployment.assertStops(
                    Map.of(
                            "STORAGE_TYPE",
                            "elasticsearch",
                            "ES_HOSTS",
                            locked.address(),
                            "ES_USERNAME",
                            "zipkin",
                            "ES_PASSWORD",
                            WRONG),
                    "unable to authenticate user [zipkin] for REST request [/]. Check ES_USERNAME and ES_PASSWORD or"
                            + " ES_CREDENTIALS_FILE, and the user's rights.");
            assertThat(log).doesNotContain(WRONG);
        }
    }

    @Test
    void cassandra_withAWrongPassword_stopsTheDeployment() {
        CassandraNode node = SharedCassandra.ofReference();
        String log = StoppedDeployment.assertStops(
                Map.of(
                        "STORAGE_TYPE",
                        "cassandra3",
                        "CASSANDRA_CONTACT_POINTS",
                        node.address(),
                        "CASSANDRA_USERNAME",
                        SharedCassandra.USER,
                        "CASSANDRA_PASSWORD",
                        WRONG),
                "Cassandra at " + node.address() + ", keyspace zipkin2 refuses the user or the password: correct"
                        + " CASSANDRA_USERNAME and CASSANDRA_PASSWORD, or grant the rights.");
        assertThat(log).doesNotContain(WRONG);
    }

    @Test
    void cassandra_withoutItsSchema_stopsTheDeployment() {
        StoppedDeployment.assertStops(
                Map.of(
                        "STORAGE_TYPE",
                        "cassandra3",
                        "CASSANDRA_CONTACT_POINTS",
                        SharedCassandra.ofReference().address(),
                        "CASSANDRA_USERNAME",
                        SharedCassandra.USER,
                        "CASSANDRA_PASSWORD",
                        SharedCassandra.PASSWORD,
                        "CASSANDRA_ENSURE_SCHEMA",
                        "false"),
                "Keyspace zipkin2 lacks table span, table dependency. Apply schema/cassandra/zipkin2.cql from the"
                        + " WAR, or set CASSANDRA_ENSURE_SCHEMA=true.");
    }
}
