package zipkin.ee.connector;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.ResourceException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin.ee.connector.SimulatedContainer.Step;

class EndpointTest {
    private static final byte[] OF_OTLP = {2};
    private static final List<Payload> MESSAGES =
            List.of(new Payload(new byte[] {1}, false), new Payload(OF_OTLP, true), new Payload(new byte[] {3}, false));

    private final SimulatedContainer container = new SimulatedContainer();
    private final Endpoint endpoint = new Endpoint(container.endpointFactory());

    @Test
    void delivery_goesThroughTheContractsSteps() {
        assertThat(endpoint.deliver(MESSAGES)).hasSize(3).allMatch(answer -> answer instanceof Outcome.Stored);

        assertThat(container.deliveries())
                .containsExactly(MESSAGES.stream().map(Payload::bytes).toList());
        assertThat(container.otlp()).containsExactly(OF_OTLP);
        assertThat(container.events())
                .containsExactly(
                        "createEndpoint", "beforeDelivery", "onMessage 3", "answered", "afterDelivery", "release");
        assertThat(container.violations()).isEmpty();
    }

    @Test
    void answers_areTold_eachForItsMessage() {
        container.bean(messages -> Arrays.asList(null, "no span", new ResourceException("full")));

        assertThat(endpoint.deliver(MESSAGES))
                .containsExactly(new Outcome.Stored(), new Outcome.Malformed("no span"), new Outcome.TryLater("full"));
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void failure_atAnyStep_meansTryLaterForAll_andTheEndpointIsReleased(Step step) {
        container.fail(step);

        assertThat(endpoint.deliver(MESSAGES)).hasSize(3).allMatch(answer -> answer instanceof Outcome.TryLater);

        boolean created = step != Step.CREATE_ENDPOINT;
        assertThat(container.events().contains("release")).isEqualTo(created);
        assertThat(container.events().contains("afterDelivery")).isEqualTo(created && step != Step.BEFORE_DELIVERY);
        assertThat(container.violations()).isEmpty();

        container.recover();
        assertThat(endpoint.deliver(MESSAGES)).allMatch(answer -> answer instanceof Outcome.Stored);
    }

    @Test
    void failureOfOnMessage_isToldByItsMessage() {
        container.fail(Step.ON_MESSAGE, new ResourceException("the disk is full"));

        assertThat(endpoint.deliver(MESSAGES)).containsOnly(new Outcome.TryLater("the disk is full"));
    }

    @Test
    void answers_tooFewOrOfUnknownKind_meanTryLaterForAll() {
        container.bean(messages -> Arrays.asList(null, null));
        assertThat(endpoint.deliver(MESSAGES)).hasSize(3).allMatch(answer -> answer instanceof Outcome.TryLater);

        container.bean(messages -> Arrays.asList(null, 42, null));
        assertThat(endpoint.deliver(MESSAGES)).hasSize(3).allMatch(answer -> answer instanceof Outcome.TryLater);
    }
}
