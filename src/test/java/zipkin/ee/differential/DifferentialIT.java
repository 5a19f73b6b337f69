package zipkin.ee.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;

/**
 * Sends every case to the reference and to Zipkin EE and reports each difference that is not a
 * written deviation. One pair of servers a configuration, one after the other; the tests of a
 * factory run in order. Configurations that differ in our storage alone share the reference's
 * answers.
 */
class DifferentialIT {
    private static @Nullable ServerPair running;

    private static final Duration EVENTUALLY = Duration.ofSeconds(15);

    /** What the reference has answered, by its settings and the name of the case. */
    private final Map<Map<String, String>, Map<String, Answer>> answers = new HashMap<>();

    private final DeviationLedger ledger = ledger(deviations());

    @TestFactory
    Stream<DynamicNode> answers_everyCase_equalTheReferences() {
        List<DynamicNode> nodes = new ArrayList<>();
        Configuration.all().forEach(configuration -> nodes.add(container(configuration)));
        nodes.add(everyDeviationWasNeeded(ledger));
        return nodes.stream();
    }

    private static List<Deviation> deviations() {
        return ZipkinEeServer.isWildFly() ? Deviations.all() : Deviations.ofPayara();
    }

    private static DeviationLedger ledger(List<Deviation> deviations) {
        return new DeviationLedger(ServerPair.isReferenceItself() ? List.of() : deviations);
    }

    private static DynamicTest everyDeviationWasNeeded(DeviationLedger ledger) {
        return DynamicTest.dynamicTest(
                "every deviation was needed", () -> assertThat(ledger.stale()).isEmpty());
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    private DynamicContainer container(Configuration configuration) {
        List<DynamicNode> tests = new ArrayList<>();
        tests.add(DynamicTest.dynamicTest("both start", () -> {
            stop();
            Map<String, Answer> known = answers.computeIfAbsent(configuration.settings(), settings -> new HashMap<>());
            running = ServerPair.start(configuration.settings(), configuration.ours(), known);
        }));
        DeviationLedger local = ledger(configuration.deviations());
        configuration.cases().stream()
                .filter(DifferentialIT::isAnswered)
                .forEach(request -> tests.add(test(configuration, request, local)));
        tests.add(everyDeviationWasNeeded(local));
        return DynamicContainer.dynamicContainer(configuration.name(), tests);
    }

    /** Grizzly, Payara's HTTP server, closes the connection of a CONNECT without an answer. */
    private static boolean isAnswered(Case request) {
        return ZipkinEeServer.isWildFly() || !request.name().contains("/CONNECT ");
    }

    private DynamicTest test(Configuration configuration, Case request, DeviationLedger local) {
        return DynamicTest.dynamicTest(request.name(), () -> {
            ServerPair pair = Objects.requireNonNull(running, "the servers have not started");
            Supplier<List<Difference>> unexplained = () ->
                    local.unexplained(request.name(), ledger.unexplained(request.name(), pair.differences(request)));
            List<Difference> differences = configuration.isEventual(request)
                    ? Await.orLast(EVENTUALLY, unexplained, List::isEmpty)
                    : unexplained.get();
            assertThat(differences)
                    .as(request.method() + " " + request.path() + " " + request.headers())
                    .isEmpty();
        });
    }
}
