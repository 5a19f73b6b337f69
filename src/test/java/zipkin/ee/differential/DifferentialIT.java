package zipkin.ee.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Sends every case to the reference and to Zipkin EE and reports each difference that is not a written deviation. One pair of
 * servers a configuration, one after the other; the tests of a factory run in order.
 */
class DifferentialIT {
    private static @Nullable ServerPair running;

    private final DeviationLedger ledger =
            new DeviationLedger(ServerPair.isReferenceItself() ? List.of() : Deviations.all());

    @TestFactory
    Stream<DynamicNode> answers_everyCase_equalTheReferences() {
        List<DynamicNode> nodes = new ArrayList<>();
        Configuration.all().forEach(configuration -> nodes.add(container(configuration)));
        nodes.add(DynamicTest.dynamicTest(
                "every deviation was needed", () -> assertThat(ledger.stale()).isEmpty()));
        return nodes.stream();
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
            running = ServerPair.start(configuration.settings());
        }));
        configuration.cases().forEach(request -> tests.add(test(request)));
        return DynamicContainer.dynamicContainer(configuration.name(), tests);
    }

    private DynamicTest test(Case request) {
        return DynamicTest.dynamicTest(request.name(), () -> {
            ServerPair pair = Objects.requireNonNull(running, "the servers have not started");
            List<Difference> unexplained = ledger.unexplained(request.name(), pair.differences(request));
            assertThat(unexplained)
                    .as(request.method() + " " + request.path() + " " + request.headers())
                    .isEmpty();
        });
    }
}
