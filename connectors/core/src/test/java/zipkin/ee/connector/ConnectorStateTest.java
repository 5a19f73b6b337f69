package zipkin.ee.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import zipkin.ee.connector.ConnectorState.State;

class ConnectorStateTest {
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

    @Test
    void state_isSeenByJmx_untilItIsClosed() throws JMException {
        try (ConnectorState state = ConnectorState.register("seen", "not set")) {
            ObjectName name = only("seen");
            assertThat(JMX.getAttribute(name, "State")).isEqualTo("DORMANT");
            assertThat(JMX.getAttribute(name, "Detail")).isEqualTo("not set");

            state.delivered(List.of(
                    new Outcome.Stored(),
                    new Outcome.Malformed("no"),
                    new Outcome.TryLater("full"),
                    new Outcome.Stored()));
            assertThat(JMX.getAttribute(name, "Messages")).isEqualTo(4L);
            assertThat(JMX.getAttribute(name, "Malformed")).isEqualTo(1L);
            assertThat(JMX.getAttribute(name, "Redelivered")).isEqualTo(1L);
        }
        assertThat(names("seen")).isEmpty();
    }

    @Test
    void startingLoop_connects_untilItTellsOtherwise() {
        try (ConnectorState state = ConnectorState.register("starting", "not started")) {
            state.starting(0, "connects to a");
            state.starting(1, "connects to b");
            state.set(0, State.RUNNING, "fine");
            assertThat(state.getState()).isEqualTo("CONNECTING");
            assertThat(state.getDetail()).isEqualTo("connects to b");
            state.set(1, State.RUNNING, "fine");
            assertThat(state.getState()).isEqualTo("RUNNING");
        }
    }

    @Test
    void state_ofSeveralLoops_isThatOfTheWorst() {
        try (ConnectorState state = ConnectorState.register("worst", "")) {
            state.set(0, State.RUNNING, "fine");
            state.set(1, State.WAITING, "storage");
            state.set(2, State.RUNNING, "fine");
            assertThat(state.getState()).isEqualTo("WAITING");
            assertThat(state.getDetail()).isEqualTo("storage");

            state.set(2, State.CONNECTING, "broker");
            assertThat(state.getDetail()).isEqualTo("broker");

            state.set(1, State.RUNNING, "fine again");
            state.set(2, State.RUNNING, "fine again");
            assertThat(state.getState()).isEqualTo("RUNNING");
        }
    }

    @Test
    void states_ofTwoActivations_standBesideEachOther() throws JMException {
        try (ConnectorState one = ConnectorState.register("twice", "");
                ConnectorState other = ConnectorState.register("twice", "")) {
            assertThat(names("twice")).hasSize(2);
            assertThat(one.getState()).isEqualTo(other.getState());
        }
    }

    @Test
    void changes_areLoggedOnce_andTheFirstTryToConnectIsNot() {
        List<String> lines = new ArrayList<>();
        try (ConnectorState state = ConnectorState.register("logged", "", new Recorder(lines))) {
            state.starting(0, "Connecting");
            state.set(0, State.RUNNING, "queue");
            state.set(0, State.RUNNING, "queue, 2 partitions");
            state.starting(1, "Connecting");
            state.set(1, State.CONNECTING, "No broker answers");
            state.set(1, State.CONNECTING, "No broker answers");
            state.set(1, State.WAITING, "full");
        }
        assertThat(lines)
                .containsExactly(
                        "INFO logged: queue", "WARNING logged waits: No broker answers", "WARNING logged waits: full");
    }

    private static ObjectName only(String name) throws JMException {
        Set<ObjectName> names = names(name);
        assertThat(names).hasSize(1);
        return names.iterator().next();
    }

    private static Set<ObjectName> names(String name) throws JMException {
        return JMX.queryNames(new ObjectName("zipkin.ee:type=Connector,name=" + name + ",*"), null);
    }

    /** Writes down what is logged. */
    private record Recorder(List<String> lines) implements System.Logger {
        @Override
        public String getName() {
            return "logged";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable thrown) {
            lines.add(level + " " + text);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
            lines.add(level + " " + format);
        }
    }
}
