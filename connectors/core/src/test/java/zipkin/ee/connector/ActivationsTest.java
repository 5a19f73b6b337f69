package zipkin.ee.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;

class ActivationsTest {
    private final SimulatedContainer container = new SimulatedContainer();
    private final Activations activations = new Activations(container.bootstrapContext());
    private final MessageEndpointFactory factory = container.endpointFactory();

    @AfterEach
    void endLoops() {
        container.close();
    }

    @Test
    void loops_runUntilTheyAreStopped() throws ResourceException, JMException {
        ConnectorState state = ConnectorState.register("loops", "");
        activations.start(factory, state, List.of(new Loop(), new Loop()));
        Await.value("two loops", container::runningWorks, count -> count == 2);

        activations.stop(factory);

        assertThat(container.runningWorks()).isZero();
        assertThat(registered("loops")).isFalse();
        activations.stop(factory); // harmless
    }

    @Test
    void stopAll_endsEveryActivation() throws ResourceException {
        activations.start(factory, ConnectorState.register("all", ""), List.of(new Loop()));
        activations.start(container.endpointFactory(), ConnectorState.register("all", ""), List.of(new Loop()));
        Await.value("two loops", container::runningWorks, count -> count == 2);

        activations.stopAll();

        assertThat(container.runningWorks()).isZero();
    }

    @Test
    void activationWithoutLoops_hasAStateAndNoThread() throws ResourceException, JMException {
        activations.start(factory, ConnectorState.register("dormant", "not set"), List.of());

        assertThat(container.startedWorks()).isZero();
        assertThat(registered("dormant")).isTrue();
        activations.stop(factory);
        assertThat(registered("dormant")).isFalse();
    }

    @Test
    void noThreadForALoop_failsTheActivation_andLeavesNothing() throws JMException {
        container.refuseWork();

        assertThatThrownBy(() -> activations.start(
                        factory, ConnectorState.register("refused", ""), List.of(new Loop(), new Loop())))
                .isInstanceOf(ResourceException.class);

        assertThat(registered("refused")).isFalse();
        assertThat(container.startedWorks()).isZero();
    }

    private static boolean registered(String name) throws JMException {
        return !ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("zipkin.ee:type=Connector,name=" + name + ",*"), null)
                .isEmpty();
    }

    private static final class Loop implements ConsumerLoop {
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void run() {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void release() {
            released.countDown();
        }
    }
}
