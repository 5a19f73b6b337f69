package zipkin.ee.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaOutletTest {
    private static final byte[][] TWO = {"one".getBytes(UTF_8), "two".getBytes(UTF_8)};

    private final MockProducer<byte[], byte[]> answering =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    private static KafkaOverrides overrides(Map<String, String> values) {
        Properties properties = new Properties();
        values.forEach((name, value) -> properties.setProperty("zipkin.collector.kafka.overrides." + name, value));
        return KafkaOverrides.of(Map.of(), properties);
    }

    @Test
    void everythingIsSent_toTheTopic() {
        new KafkaOutlet("a:9092", overrides(Map.of()), answering).send("spans", TWO);

        assertThat(answering.history()).extracting(record -> record.topic()).containsOnly("spans");
        assertThat(answering.history()).extracting(record -> record.value()).containsExactly(TWO);
    }

    @Test
    void failures_areExceptionsOfTheJdk_withoutSecrets() {
        KafkaOutlet outlet = new KafkaOutlet(
                "a:9092",
                overrides(Map.of("sasl.jaas.config", "x.LoginModule required password=\"s3cret\";")),
                answering);

        answering.sendException = new RecordTooLargeException("1500000 bytes");
        assertThatThrownBy(() -> outlet.send("spans", TWO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RecordTooLargeException: 1500000 bytes");
        answering.sendException = new SaslAuthenticationException("s3cret is wrong");
        assertThatThrownBy(() -> outlet.send("spans", TWO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("SaslAuthenticationException: [hidden] is wrong")
                .hasNoCause();
    }

    @Test
    void properties_areOverridden_butForWhatSentMeans() {
        assertThat(KafkaOutlet.properties(
                        "a:9092",
                        overrides(Map.of("acks", "0", "bootstrap.servers", "b:1", "compression.type", "lz4"))))
                .containsEntry("acks", "all")
                .containsEntry("bootstrap.servers", "a:9092")
                .containsEntry("compression.type", "lz4")
                .containsEntry("max.block.ms", 10_000);
    }
}
