package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.PayaraDomain;
import zipkin.ee.testing.PayaraServer;
import zipkin.ee.testing.ZipkinEeServer;

/**
 * The scripts of server-config/payara on an unmodified Payara: each twice, and each taken back
 * twice.
 */
@Tag("payara")
class PayaraScriptsIT {
    /** What Payara adds to its configuration when it first meets a message-driven bean. */
    private static final String EMPTY_DEFAULTS = "<mdb-container></mdb-container>";

    @Test
    void scripts_canBeRunAgain_andTakenBack() {
        String war = ZipkinEeServer.war().toAbsolutePath().toString();
        String folder = ZipkinEeServer.war().toAbsolutePath().resolveSibling("").toString();
        try (PayaraServer server = PayaraServer.startUntouched(System.getProperty("zipkin.it.server", "payara6"))) {
            PayaraDomain domain = server.domain();
            // Payara rewrites its whole configuration with the first change, so this is what
            // there is to come back to.
            domain.script("zipkin.sh", war);
            domain.script("zipkin-remove.sh");
            String before = configuration(domain);
            assertThat(before).contains("port=\"8080\"");
            assertThat(before.lines().filter(line -> line.contains("zipkin"))).isEmpty();

            domain.script("zipkin.sh", war);
            domain.script("datasources.sh", "h2");
            domain.script("messaging.sh", folder);
            String installed = configuration(domain);
            assertThat(installed)
                    .contains("${ENV=QUERY_PORT:9411}", "payara/health", "jdbc/zipkin-h2", "jms/queue/zipkin-journal")
                    .contains("jms/queue/zipkin-otlp")
                    .contains("name=\"zipkin-kafka\"", "name=\"zipkin-rabbitmq\"", "name=\"zipkin\"");
            domain.script("datasources.sh", "h2");
            domain.script("messaging.sh", folder);
            assertThat(configuration(domain)).isEqualTo(installed);

            domain.script("pulsar.sh", folder);
            String withPulsar = configuration(domain);
            assertThat(withPulsar).contains("name=\"zipkin-pulsar\"", "ZIPKIN_PULSAR_ADAPTER");
            domain.script("pulsar.sh", folder);
            assertThat(configuration(domain)).isEqualTo(withPulsar);
            domain.script("pulsar-remove.sh");
            assertThat(configuration(domain)).isEqualTo(installed);
            domain.script("pulsar-remove.sh");
            assertThat(configuration(domain)).isEqualTo(installed);

            domain.script("messaging-remove.sh");
            domain.script("datasources-remove.sh", "h2");
            domain.script("zipkin-remove.sh");
            assertThat(configuration(domain)).isEqualTo(before);
            domain.script("messaging-remove.sh");
            domain.script("datasources-remove.sh", "h2");
            domain.script("zipkin-remove.sh");
            assertThat(configuration(domain)).isEqualTo(before);
        }
    }

    /**
     * Without what counts and times deployments, and in an order of its own: Payara writes what was
     * changed last at the end.
     */
    private static String configuration(PayaraDomain domain) {
        return domain.configuration()
                .replaceAll(" (deployment-order|deployment-time|time-deployed)=\"\\d+\"", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals(EMPTY_DEFAULTS))
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
