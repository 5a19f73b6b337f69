package zipkin.ee.connector.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.connector.BrokerAddresses.HostAndPort;

class RabbitConfigTest {
    private final RabbitActivationSpec spec = new RabbitActivationSpec();

    @Test
    void withoutABroker_isDormant() throws Exception {
        assertThat(RabbitConfig.isDormant(spec)).isTrue();
        spec.validate();
        spec.setAddresses("rabbit");
        assertThat(RabbitConfig.isDormant(spec)).isFalse();
    }

    @Test
    void defaults_areTheReferences() throws Exception {
        spec.setAddresses("rabbit");
        RabbitConfig config = RabbitConfig.of(spec);
        assertThat(config.brokers()).containsExactly(new HostAndPort("rabbit", 5672));
        assertThat(config.credentials()).isEqualTo(new RabbitConfig.Credentials("guest", "guest"));
        assertThat(config.virtualHost()).isEqualTo("/");
        assertThat(config.queue()).isEqualTo("zipkin");
        assertThat(config.deadLetterQueue()).isEqualTo("zipkin.dlq");
        assertThat(config.concurrency()).isOne();
        assertThat(config.prefetch()).isEqualTo(500);
        assertThat(config.tls()).isFalse();
        assertThat(config.connectionTimeoutMillis()).isEqualTo(60_000);
        assertThat(config.deadLetters()).isTrue();
        assertThat(config.maxBackOff()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void queues_areTheUsualOne_andThatOfOtlpWhereItIsSet() throws Exception {
        spec.setAddresses("rabbit");
        assertThat(RabbitConfig.ofEachQueue(spec)).singleElement().satisfies(config -> assertThat(config.otlp())
                .isFalse());

        spec.setOtlpQueue(" otlp ");
        List<RabbitConfig> both = RabbitConfig.ofEachQueue(spec);
        assertThat(both).extracting(RabbitConfig::queue).containsExactly("zipkin", "otlp");
        assertThat(both).extracting(RabbitConfig::otlp).containsExactly(false, true);
        assertThat(both.get(1).deadLetterQueue()).isEqualTo("otlp.dlq");
    }

    @Test
    void addresses_areSeparatedByCommas_andMayHavePorts() throws Exception {
        spec.setAddresses("one:1, two ,[::1]:3");
        spec.setUseSsl("true");
        RabbitConfig config = RabbitConfig.of(spec);
        assertThat(config.brokers())
                .isEqualTo(
                        List.of(new HostAndPort("one", 1), new HostAndPort("two", 5671), new HostAndPort("[::1]", 3)));
        assertThat(config.place()).isEqualTo("one:1,two:5671,[::1]:3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"amqp://u:s3cret@rabbit/v", "amqps://u:s3cret@rabbit:5672", "amqp://rabbit:5672?heartbeat=5"})
    void uri_wins_andNoTextShowsIt(String uri) throws Exception {
        spec.setAddresses("other");
        spec.setUri(uri);
        RabbitConfig config = RabbitConfig.of(spec);
        assertThat(config.place()).startsWith("rabbit:567");
        assertThat(config.tls()).isEqualTo(uri.startsWith("amqps"));
        assertThat(config.brokers()).isEmpty();
        assertThat(config.toString()).doesNotContain("s3cret");
        assertThat(config.credentials().toString()).doesNotContain("guest:");
        new RabbitAccess(config);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://u:s3cret@rabbit",
                "amqp://u:s3cret@",
                "s3cret",
                "amqp://u:s3cret@rabbit:x",
                "amqp://u:s3 cret@rabbit",
                "amqp://u:s3cret:more@rabbit",
                "amqp://u:s3cret@rabbit/a/b",
                "amqp://u:s3cret@rabbit?heartbeat=x"
            })
    void wrongUri_isRefusedWithoutItsText(String uri) {
        spec.setUri(uri);
        assertThatThrownBy(() -> new RabbitAccess(RabbitConfig.of(spec)))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageStartingWith("RABBIT_URI: must be amqp://")
                .hasNoCause()
                .message()
                .doesNotContain("s3");
    }

    @Test
    void wrongProperties_areNamedAsTheAdministratorKnowsThem() {
        assertRefused(RabbitActivationSpec::setAddresses, "a:b:c", "RABBIT_ADDRESSES=… (5 characters)");
        assertRefused(RabbitActivationSpec::setAddresses, "rabbit:0", "RABBIT_ADDRESSES=… (8 characters): must be");
        assertRefused(RabbitActivationSpec::setConcurrency, "0", "RABBIT_CONCURRENCY=0");
        assertRefused(RabbitActivationSpec::setPrefetch, "70000", "RABBIT_PREFETCH=70000");
        assertRefused(RabbitActivationSpec::setUseSsl, "maybe", "RABBIT_USE_SSL=maybe");
        assertRefused(RabbitActivationSpec::setConnectionTimeout, "-1", "RABBIT_CONNECTION_TIMEOUT=-1");
        assertRefused(RabbitActivationSpec::setDeadLetters, "maybe", "RABBIT_DEAD_LETTERS=maybe");
        assertRefused(RabbitActivationSpec::setMaxBackOff, "soon", "COLLECTOR_MAX_BACKOFF=soon");
        assertRefused(RabbitActivationSpec::setQueue, "q".repeat(201), "RABBIT_QUEUE=");
        assertRefused(RabbitActivationSpec::setOtlpQueue, "q".repeat(201), "RABBIT_OTLP_QUEUE=");
    }

    private static void assertRefused(BiConsumer<RabbitActivationSpec, String> property, String value, String message) {
        RabbitActivationSpec wrong = new RabbitActivationSpec();
        wrong.setAddresses("rabbit");
        property.accept(wrong, value);
        assertThatThrownBy(wrong::validate)
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageStartingWith(message);
    }
}
