package zipkin.ee.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import zipkin.ee.testing.ProjectFiles;
import zipkin.ee.testing.WildFlyServer;
import zipkin.ee.testing.ZipkinEeServer;

/**
 * Attackers of all kinds at once, beside honest clients: those are answered within a second, lose
 * nothing, and what the attackers took is given back when they go. Half a minute in every build; an
 * hour for each storage in the matrix, or as long as -Dzipkin.soak.minutes says.
 */
@Isolated("Latencies are those of the server, not of the tests beside it.")
class MixedAttackIT {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration SOAK = Duration.ofMinutes(Integer.getInteger("zipkin.soak.minutes", 60));

    @Test
    void attackersOfAllKinds_smallHeap_honestClientsAreServedAndLoseNothing() throws Exception {
        attack(Map.of(), "-Xmx256m", SHORT);
    }

    @Test
    @Tag("matrix")
    void attackersOfAllKinds_forAnHourInMemory_honestClientsAreServedAndLoseNothing() throws Exception {
        attack(Map.of(), "-Xmx512m", SOAK);
    }

    /**
     * A file keeps all spans, so that each of the honest clients' is looked for again at the end.
     */
    @Test
    @Tag("matrix")
    void attackersOfAllKinds_forAnHourOnAFile_everyAcknowledgedSpanIsFound() throws Exception {
        attack(Map.of("STORAGE_TYPE", "h2"), "-Xmx512m", SOAK);
    }

    private static void attack(Map<String, String> settings, String heap, Duration duration) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put(WildFlyServer.JAVA_OPTS, heap);
        try (ZipkinEeServer server = ZipkinEeServer.start(all)) {
            MixedAttack attack = new MixedAttack(server, Attackers.all());
            List<HonestClient> honest = attack.run(duration);
            report(all + " for " + duration + "\n" + attack.attacks(), honest);
            attack.requireAttacks();
            attack.requireRecovery();
            for (HonestClient client : honest) {
                assertThat(client.failures()).isEmpty();
                assertThat(client.answeredWithin(0.99)).isLessThan(Duration.ofSeconds(1));
                if (settings.containsKey("STORAGE_TYPE")) {
                    for (String traceId : client.acknowledged()) {
                        assertThat(client.isWhole(traceId)).as(traceId).isTrue();
                    }
                }
            }
        }
    }

    /** For docs/reliability.md. */
    private static void report(String attack, List<HonestClient> honest) throws IOException {
        StringBuilder text = new StringBuilder(attack).append('\n');
        for (HonestClient client : honest) {
            text.append("honest: ").append(client).append('\n');
        }
        Files.writeString(
                ProjectFiles.of("target", "mixed-attack.txt"),
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
