package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.testing.WildFlyServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Endpoint;
import zipkin2.Span;

/** zipkin.war copied to the deployments folder of a WildFly that nobody configured, settings in its environment. */
class UntouchedServerIT {
    private static final Map<String, String> SECRETS = Map.of("MYSQL_PASS", "s3cr3t-one", "ES_PASSWORD", "s3cr3t-two");

    @Test
    void war_copiedToDeployments_takesAndAnswersSpansAndServesTheUi() {
        Span span = Span.newBuilder()
                .traceId(Long.toHexString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)))
                .id("1")
                .name("copy")
                .localEndpoint(Endpoint.newBuilder().serviceName("untouched").build())
                .timestamp(System.currentTimeMillis() * 1000)
                .duration(3)
                .build();
        try (WildFlyServer server = WildFlyServer.launchUntouched(Map.of()).awaitHealthy()) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());

            zipkin.report(List.of(span));

            assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span);
            assertThat(zipkin.get("/api/v2/services").body()).isEqualTo("[\"untouched\"]");
            assertThat(zipkin.get("/zipkin/").body()).contains("<base href=\"/zipkin/\"");
            assertThat(server.errors()).isEmpty();
            assertThat(server.log()).doesNotContain("HHH0");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COLLECTOR_SAMPLE_RATE | 7 | must be a number from 0.0 to 1.0",
                "STORAGE_TYPE | nonsense | must be one of cassandra, cassandra3, elasticsearch, h2, http-forwarder, jpa, kafka-forwarder, mariadb, mem, mysql, opensearch, postgresql, scouter, stackdriver, xray"
            })
    void war_withWrongSetting_failsAndSaysWhatIsAllowed(String name, String value, String allowed) {
        Map<String, String> settings = new HashMap<>(SECRETS);
        settings.put(name, value);
        try (WildFlyServer server = WildFlyServer.launchUntouched(settings)) {
            assertThat(server.awaitDeploymentFailed())
                    .contains("Zipkin EE cannot start, correct these settings: " + name + "=" + value + ": " + allowed)
                    .doesNotContain(SECRETS.values());
            assertThat(new ZipkinHttp(server.uri()).get("/health").statusCode()).isEqualTo(404);
        }
    }
}
