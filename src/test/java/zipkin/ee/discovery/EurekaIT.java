package zipkin.ee.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.EurekaServer;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.RedeployedZipkin;

/**
 * A server registers with a real Eureka, again with one that has forgotten it, and leaves it when
 * it is undeployed.
 */
@ResourceLock(RedeployedZipkin.LOCK)
class EurekaIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Test
    @Tag("wildfly")
    void server_isRegistered_untilItIsUndeployed() {
        try (EurekaServer eureka = EurekaServer.start()) {
            ZipkinEeServer server = RedeployedZipkin.with(Map.of(
                    "EUREKA_SERVICE_URL",
                    eureka.url().replace("http://", "http://operator:top%20secret@"),
                    "EUREKA_HOSTNAME",
                    "zipkin.example"));
            int port = server.uri().getPort();
            String id = "zipkin.example:zipkin:" + port;
            String app =
                    Await.value("a registered server", LIMIT, () -> eureka.app("ZIPKIN"), found -> found.contains(id));
            assertThat(app)
                    .contains("\"status\":\"UP\"", "\"hostName\":\"zipkin.example\"", "\"vipAddress\":\"zipkin\"")
                    .contains("\"healthCheckUrl\":\"http://zipkin.example:" + port + "/health\"");

            eureka.kill();
            assertThat(new ZipkinHttp(server.uri()).get("/health").statusCode()).isEqualTo(200);
            eureka.restart();
            Await.value(
                    "a server that is registered again",
                    LIMIT,
                    () -> eureka.app("ZIPKIN"),
                    found -> found.contains(id));

            server.asWildFly().cli("--command=/deployment=zipkin.war:undeploy");
            Await.value("no registered server", LIMIT, () -> eureka.app("ZIPKIN"), String::isEmpty);
            assertThat(server.log())
                    .contains("Registered with Eureka at " + eureka.url())
                    .doesNotContain("top secret", "top%20secret");
        }
    }
}
