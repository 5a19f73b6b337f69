package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.cassandra.CassandraNode;
import zipkin.ee.testing.cassandra.CassandraVersion;
import zipkin.ee.testing.search.FakeCluster;

/** A cluster that an administrator has to do something about stops the deployment by one line that says what. */
class BadClusterIT {
    private static final String WRONG = "wr0ng-s3cret";

    @Test
    void elasticsearch_ofAnUnsupportedVersion_orWithAWrongPassword_stopsTheDeployment() {
        String security = "{\"error\":{\"root_cause\":[{\"type\":\"security_exception\",\"reason\":\"unable to"
                + " authenticate user [zipkin] for REST request [/]\"}]},\"status\":401}";
        try (FakeCluster old =
                        new FakeCluster(request -> FakeCluster.Answer.ok("{\"version\":{\"number\":\"6.8.23\"}}"));
                FakeCluster locked = new FakeCluster(request -> new FakeCluster.Answer(401, security));
                ZipkinEeServer first =
                        ZipkinEeServer.launch(Map.of("STORAGE_TYPE", "elasticsearch", "ES_HOSTS", old.address()));
                ZipkinEeServer second = ZipkinEeServer.launch(Map.of(
                        "STORAGE_TYPE",
                        "elasticsearch",
                        "ES_HOSTS",
                        locked.address(),
                        "ES_USERNAME",
                        "zipkin",
                        "ES_PASSWORD",
                        WRONG))) {
            StoppedDeployment.assertTold(
                    first,
                    "ES_HOSTS leads to Elasticsearch 6.8.23."
                            + " Supported are Elasticsearch 7 to 9 and OpenSearch 1 to 3.");
            StoppedDeployment.assertTold(
                    second,
                    "unable to authenticate user [zipkin] for REST request [/]. Check ES_USERNAME and ES_PASSWORD or"
                            + " ES_CREDENTIALS_FILE, and the user's rights.");
            assertThat(second.log()).doesNotContain(WRONG);
        }
    }

    @Test
    void cassandra_withAWrongPassword_orWithoutItsSchema_stopsTheDeployment() {
        try (CassandraNode node =
                        CassandraNode.startDurable(CassandraVersion.V4_1, "authenticator: PasswordAuthenticator\n");
                ZipkinEeServer first = ZipkinEeServer.launch(Map.of(
                        "STORAGE_TYPE",
                        "cassandra3",
                        "CASSANDRA_CONTACT_POINTS",
                        node.address(),
                        "CASSANDRA_USERNAME",
                        "cassandra",
                        "CASSANDRA_PASSWORD",
                        WRONG));
                ZipkinEeServer second = ZipkinEeServer.launch(Map.of(
                        "STORAGE_TYPE", "cassandra3",
                        "CASSANDRA_CONTACT_POINTS", node.address(),
                        "CASSANDRA_USERNAME", "cassandra",
                        "CASSANDRA_PASSWORD", "cassandra",
                        "CASSANDRA_ENSURE_SCHEMA", "false"))) {
            StoppedDeployment.assertTold(
                    first,
                    "Cassandra at " + node.address() + ", keyspace zipkin2 refuses the user or the password: correct"
                            + " CASSANDRA_USERNAME and CASSANDRA_PASSWORD, or grant the rights.");
            assertThat(first.log()).doesNotContain(WRONG);
            StoppedDeployment.assertTold(
                    second,
                    "Keyspace zipkin2 lacks table span, table dependency. Apply schema/cassandra/zipkin2.cql from the"
                            + " WAR, or set CASSANDRA_ENSURE_SCHEMA=true.");
        }
    }
}
