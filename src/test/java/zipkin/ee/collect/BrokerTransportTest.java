package zipkin.ee.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerTransportTest {
    @ParameterizedTest
    @CsvSource({
        "true, true, true, topic of a:9092",
        "true, false, false, QUEUE_URL is not set",
        "false, true, false, COLLECTOR_QUEUE_ENABLED=false",
        "false, false, false, COLLECTOR_QUEUE_ENABLED=false",
    })
    void transport_isOnWhenItIsAddressedAndNotSwitchedOff_andSaysWhyNot(
            boolean switchedOn, boolean addressed, boolean enabled, String detail) {
        Transport transport = new BrokerTransport("queue", switchedOn, addressed, "QUEUE_URL is not set") {
            @Override
            protected String place() {
                return "topic of a:9092";
            }
        };

        assertThat(transport.enabled()).isEqualTo(enabled);
        assertThat(transport.detail()).isEqualTo(detail);
        assertThat(transport.label()).isEqualTo("queue");
        assertThat(transport.redelivers()).isTrue();
    }
}
