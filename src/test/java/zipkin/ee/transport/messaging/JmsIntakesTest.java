package zipkin.ee.transport.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Instance;
import jakarta.jms.BytesMessage;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.ZipkinSettings;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.Transport;
import zipkin.ee.collect.Unbounded;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.transport.otlp.OtlpDeliveries;
import zipkin2.storage.InMemoryStorage;

class JmsIntakesTest {
    private static final Duration ANY = Duration.ofSeconds(5);
    private static final byte[] OTLP =
            HexFormat.of().parseHex("0a20121e121c0a10463ac35c9f6413ad48485a3953bb61241208a2fb4a1d1a96d312");

    private final InMemoryStorage memory = InMemoryStorage.newBuilder().build();
    private final JmsFakes broker = new JmsFakes();
    private final CollectorCounters counters = new CollectorCounters(noTransports());
    private final QueueState state = new QueueState(System::nanoTime);
    private final QueueState otlpState = new QueueState(System::nanoTime);
    private final JmsIntakes intakes = intakes();

    @Test
    void otlp_isReadFromItsQueue_andADeadLetterOfTheOther() {
        assertThat(otlp().take(message())).isTrue();

        assertThat(memory.getTraces()).singleElement().satisfies(trace -> assertThat(trace)
                .singleElement()
                .satisfies(span -> assertThat(span.id()).isEqualTo("a2fb4a1d1a96d312")));
        assertThat(broker.sent).isEmpty();

        assertThat(usual().take(message())).isTrue();

        assertThat(broker.sent).singleElement().satisfies(letter -> assertThat(letter.queue())
                .isEqualTo("zipkin.dlq"));
        assertThat(counters.of("jms").messages()).isEqualTo(2);
        assertThat(counters.of("jms").messagesDropped()).isEqualTo(1);
    }

    /** Else each message would have a log of its own, whose lines nothing bounds. */
    @Test
    void intake_ofAQueue_isOne() {
        assertThat(usual()).isSameAs(usual()).isNotSameAs(otlp());
    }

    private JmsIntake usual() {
        return intakes.ofSenders("jms", "factory", () -> "zipkin", state);
    }

    private JmsIntake otlp() {
        return intakes.ofOtlpSenders("jms", "factory", () -> "zipkin-otlp", otlpState);
    }

    private static BytesMessage message() {
        return JmsFakes.message(BytesMessage.class, OTLP);
    }

    private JmsIntakes intakes() {
        CollectorSettings settings = new CollectorSettings(1.0, 0, 10, 2, ANY, ANY);
        return new JmsIntakes(
                Unbounded.collector(memory, settings),
                Unbounded.intake(memory, settings),
                counters,
                new OtlpDeliveries(ZipkinSettings.read(name -> null).otlp()),
                broker,
                settings);
    }

    @SuppressWarnings("unchecked") // of a raw type
    private static Instance<Transport> noTransports() {
        return JmsFakes.fake(Instance.class, Map.of("iterator", arguments -> Collections.emptyIterator()));
    }
}
