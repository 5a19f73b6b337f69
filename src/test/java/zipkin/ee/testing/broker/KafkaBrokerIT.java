package zipkin.ee.testing.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaBrokerIT {
    @Test
    void broker_killedAndRestarted_hasWhatItHad() {
        try (KafkaBroker broker = KafkaBroker.start()) {
            String topic = broker.createTopic(2);
            broker.send(topic, 1, "first".getBytes(StandardCharsets.UTF_8));
            int port = broker.port();

            broker.kill();
            assertThat(broker.isAlive()).isFalse();
            broker.restart();

            assertThat(broker.port()).isEqualTo(port);
            broker.send(topic, 0, "second".getBytes(StandardCharsets.UTF_8));
            assertThat(values(broker, topic)).containsExactlyInAnyOrder("first", "second");
        }
    }

    @Test
    void topic_missing_isMadeByTheFirstMessage() {
        try (KafkaBroker broker = KafkaBroker.stopped()) {
            broker.restart();
            broker.send("new", "first".getBytes(StandardCharsets.UTF_8));

            assertThat(values(broker, "new")).containsExactly("first");
            assertThat(broker.records("none")).isEmpty();
        }
    }

    private static List<String> values(KafkaBroker broker, String topic) {
        return broker.records(topic).stream()
                .map(r -> new String(r.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
