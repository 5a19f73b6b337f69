package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A setting with a value that is not allowed stops the deployment by one line that says what is
 * allowed.
 */
class BadSettingIT {
    private static final Map<String, String> SECRETS = Map.of("MYSQL_PASS", "s3cr3t-one", "ES_PASSWORD", "s3cr3t-two");
    private static final String SECRET_IN_URL = "s3cr3t-three";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COLLECTOR_SAMPLE_RATE | 7 | must be a number from 0.0 to 1.0",
                "STORAGE_TYPE | nonsense | must be one of cassandra, cassandra3, elasticsearch, h2, "
                        + "http-forwarder, jpa, kafka-forwarder, mariadb, mem, mysql, opensearch, otlp-forwarder, "
                        + "postgresql, scouter, stackdriver, xray"
            })
    void setting_whenWrong_stopsTheDeployment(String name, String value, String allowed) {
        Map<String, String> settings = new HashMap<>(SECRETS);
        settings.put(name, value);
        String log = StoppedDeployment.assertStops(
                settings, "Zipkin EE cannot start, correct these settings: " + name + "=" + value + ": " + allowed);
        assertThat(log).doesNotContain(SECRETS.values());
    }

    @Test
    void places_withAPassword_areRefusedWithoutIt() {
        Map<String, String> settings = new HashMap<>(SECRETS);
        settings.put("ES_HOSTS", "http://u:" + SECRET_IN_URL + "@h");
        settings.put("HTTP_FORWARDER_ENDPOINT", "http://u:" + SECRET_IN_URL + " @h");
        settings.put("PULSAR_SERVICE_URL", "pulsar://u:" + SECRET_IN_URL + "@");
        settings.put("SQS_QUEUE_URL", "https://u:" + SECRET_IN_URL + "@h/q");
        String log = StoppedDeployment.assertStops(settings, "ES_HOSTS=http://… (23 characters): must be ");
        assertThat(log)
                .contains("HTTP_FORWARDER_ENDPOINT=http://… (24 characters): must be ")
                .contains("PULSAR_SERVICE_URL=pulsar://… (24 characters): must be ")
                .contains("SQS_QUEUE_URL=https://… (26 characters): must be ")
                .doesNotContain(SECRETS.values())
                .doesNotContain(SECRET_IN_URL);
    }
}
