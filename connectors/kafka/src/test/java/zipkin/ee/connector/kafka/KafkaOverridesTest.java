package zipkin.ee.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class KafkaOverridesTest {
    private static final String JAAS =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"me\""
                    + " password=\"pa55 w0rd\";";

    private final Properties properties = new Properties();

    @Test
    void variables_areProperties_andSystemPropertiesWin() {
        properties.setProperty("zipkin.collector.kafka.overrides.max.poll.records", "7");
        properties.setProperty("other", "1");
        KafkaOverrides overrides = KafkaOverrides.of(
                Map.of(
                        "ZIPKIN_COLLECTOR_KAFKA_OVERRIDES_MAX_POLL_RECORDS",
                        "5",
                        "ZIPKIN_COLLECTOR_KAFKA_OVERRIDES_SASL_MECHANISM",
                        "PLAIN",
                        "KAFKA_TOPIC",
                        "zipkin"),
                properties);
        assertThat(overrides.values())
                .containsExactlyInAnyOrderEntriesOf(Map.of("max.poll.records", "7", "sasl.mechanism", "PLAIN"));
    }

    @Test
    void overrides_printedOrMasked_showNoSecret() {
        KafkaOverrides overrides = overrides(Map.of("sasl.jaas.config", JAAS, "ssl.keystore.password", "changeit"));
        assertThat(overrides).hasToString("[sasl.jaas.config, ssl.keystore.password]");
        assertThat(overrides.masked("Invalid username or password; value not specified for key 'w0rd'; changeit; pa55"))
                .isEqualTo("Invalid username or password; value not specified for key '[hidden]'; [hidden]; [hidden]");
    }

    @Test
    void consumer_byDefault_isBoundedAndCommitsByItself() {
        Map<String, Object> consumer = clients(Map.of(), 1, 0).consumerProperties();
        assertThat(consumer)
                .containsEntry("bootstrap.servers", "a:9092,b:9092")
                .containsEntry("group.id", "spans")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("max.poll.records", 500)
                .containsEntry("fetch.max.bytes", 10485760)
                .containsEntry("max.partition.fetch.bytes", 1048576);
    }

    @Test
    void consumer_withOverrides_takesAllButAutoCommit() {
        Map<String, Object> consumer = clients(
                        Map.of("max.poll.records", "9", "enable.auto.commit", "true", "client.id", "me"), 1, 0)
                .consumerProperties();
        assertThat(consumer)
                .containsEntry("max.poll.records", "9")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("client.id", "me");
    }

    @Test
    void consumers_ofOneActivation_haveNamesOfTheirOwn() {
        Map<String, String> overrides = Map.of("client.id", "me", "group.instance.id", "x");
        assertThat(clients(overrides, 3, 2).consumerProperties())
                .containsEntry("client.id", "me-2")
                .containsEntry("group.instance.id", "x-2");
    }

    @Test
    void producer_reachesTheBrokersAsTheConsumerDoes() {
        Map<String, Object> producer = clients(
                        Map.of("sasl.jaas.config", JAAS, "security.protocol", "SASL_SSL", "max.poll.records", "9"),
                        1,
                        0)
                .producerProperties();
        assertThat(producer)
                .containsEntry("bootstrap.servers", "a:9092,b:9092")
                .containsEntry("sasl.jaas.config", JAAS)
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("acks", "all")
                .doesNotContainKey("max.poll.records");
    }

    private static ConfiguredClients clients(Map<String, String> overrides, int streams, int stream) {
        return new ConfiguredClients(
                new ConsumerSettings(
                        "a:9092,b:9092", List.of("zipkin"), List.of(), "spans", streams, true, Duration.ofSeconds(30)),
                overrides(overrides),
                stream);
    }

    private static KafkaOverrides overrides(Map<String, String> values) {
        Properties properties = new Properties();
        values.forEach((name, value) -> properties.setProperty("zipkin.collector.kafka.overrides." + name, value));
        return KafkaOverrides.of(Map.of(), properties);
    }
}
