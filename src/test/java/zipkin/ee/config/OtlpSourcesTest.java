package zipkin.ee.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.ZipkinSettings;
import zipkin.ee.transport.kinesis.KinesisSettings;
import zipkin.ee.transport.sqs.SqsSettings;

/** Topics, queues and streams that hold OTLP, beside those that hold Zipkin's encodings. */
class OtlpSourcesTest {
    @ParameterizedTest
    @CsvSource({
        "KAFKA_TOPIC, zipkin, KAFKA_OTLP_TOPIC, zipkin",
        "RABBIT_QUEUE, zipkin, RABBIT_OTLP_QUEUE, zipkin",
        "PULSAR_TOPIC, zipkin, PULSAR_OTLP_TOPIC, zipkin",
        "PULSAR_TOPIC, zipkin, PULSAR_OTLP_TOPIC, persistent://public/default/zipkin",
        "PULSAR_TOPIC, a/b/c, PULSAR_OTLP_TOPIC, persistent://a/b/c",
        "ZIPKIN_JMS_QUEUE, java:/jms/queue/zipkin, ZIPKIN_JMS_OTLP_QUEUE, java:/jms/queue/zipkin",
        "ZIPKIN_JMS_QUEUE, java:/jms/queue/zipkin, ZIPKIN_JMS_OTLP_QUEUE, jms/queue/zipkin",
        "ACTIVEMQ_QUEUE, zipkin, ACTIVEMQ_OTLP_QUEUE, zipkin",
        "SQS_QUEUE_URL, http://sqs/1/spans, SQS_OTLP_QUEUE_URL, http://sqs/1/spans",
        "KINESIS_STREAM_NAME, spans, KINESIS_OTLP_STREAM_NAME, spans"
    })
    void name_thatBothSettingsHave_isRefused(String setting, String name, String otlpSetting, String otlpName) {
        assertThatThrownBy(() -> read(Map.of(setting, name, otlpSetting, otlpName)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(otlpSetting + "=")
                .hasMessageEndingWith(": must be different from " + setting + ", which holds Zipkin's encodings");
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_OTLP_TOPIC, zipkin",
        "RABBIT_OTLP_QUEUE, zipkin",
        "PULSAR_OTLP_TOPIC, zipkin",
        "ZIPKIN_JMS_OTLP_QUEUE, java:/jms/queue/zipkin",
        "ACTIVEMQ_OTLP_QUEUE, zipkin"
    })
    void defaultOfTheOtherSetting_isSuchANameToo(String otlpSetting, String otlpName) {
        assertThatThrownBy(() -> read(Map.of(otlpSetting, otlpName)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(otlpSetting + "=");
    }

    @Test
    void topicsOfKafka_mayBeSeveral_ofWhichOneIsRefused() {
        assertThat(read(Map.of("KAFKA_OTLP_TOPIC", " otlp_spans, traces ,"))
                        .kafka()
                        .otlpTopics())
                .containsExactly("otlp_spans", "traces");
        assertThatThrownBy(() -> read(Map.of("KAFKA_TOPIC", "zipkin, legacy", "KAFKA_OTLP_TOPIC", "traces,legacy")))
                .hasMessageContaining("KAFKA_OTLP_TOPIC=legacy: must be different from KAFKA_TOPIC");
    }

    @Test
    void otlpAlone_leavesTheDefaultOfTheOther_whereThereIsOne() {
        ZipkinSettings settings = read(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "k:9092",
                "KAFKA_OTLP_TOPIC", "otlp_spans",
                "RABBIT_OTLP_QUEUE", "otlp",
                "PULSAR_SERVICE_URL", "pulsar://p:6650",
                "PULSAR_OTLP_TOPIC", "otlp",
                "ZIPKIN_JMS_OTLP_QUEUE", "java:/jms/queue/zipkin-otlp",
                "ACTIVEMQ_URL", "tcp://a:61616",
                "ACTIVEMQ_OTLP_QUEUE", "otlp"));

        assertThat(settings.kafka().place())
                .isEqualTo("topic zipkin and OTLP in otlp_spans of k:9092, group zipkin, 1 consumer");
        assertThat(settings.rabbitMq().queues()).isEqualTo("queue zipkin and OTLP in otlp");
        assertThat(settings.pulsar().place())
                .isEqualTo("topic zipkin and OTLP in otlp of pulsar://p:6650, subscription zipkin, 1 consumer");
        assertThat(settings.jms().place())
                .isEqualTo("java:/jms/queue/zipkin and OTLP in java:/jms/queue/zipkin-otlp, 4 messages at a time");
        assertThat(settings.activeMq().place())
                .isEqualTo("queue zipkin and OTLP in otlp of tcp://a:61616, 1 message at a time");
    }

    @Test
    void queuesOfSqs_areThoseThatAreSet_inTheRegionOfTheFirst() {
        String usual = "https://sqs.eu-central-1.amazonaws.com/1/zipkin";
        String otlp = "https://sqs.eu-west-1.amazonaws.com/1/otlp";

        assertThat(read(Map.of()).sqs().queues()).isEmpty();
        assertThat(read(Map.of("SQS_QUEUE_URL", usual)).sqs().queues())
                .containsExactly(new SqsSettings.Queue(usual, false));
        SqsSettings alone = read(Map.of("SQS_OTLP_QUEUE_URL", otlp)).sqs();
        assertThat(alone.queues()).containsExactly(new SqsSettings.Queue(otlp, true));
        assertThat(alone.access().region()).isEqualTo("eu-west-1");
        SqsSettings both =
                read(Map.of("SQS_QUEUE_URL", usual, "SQS_OTLP_QUEUE_URL", otlp)).sqs();
        assertThat(both.queues())
                .containsExactly(new SqsSettings.Queue(usual, false), new SqsSettings.Queue(otlp, true));
        assertThat(both.access().region()).isEqualTo("eu-central-1");
    }

    @Test
    void streamsOfKinesis_areThoseThatAreSet_eachWithATableOfItsOwn() {
        assertThat(read(Map.of("KINESIS_OTLP_STREAM_NAME", "otlp")).kinesis().streams())
                .containsExactly(new KinesisSettings.Stream("otlp", "zipkin-otlp", true));
        assertThat(read(Map.of(
                                "KINESIS_STREAM_NAME", "spans",
                                "KINESIS_OTLP_STREAM_NAME", "otlp",
                                "KINESIS_APP_NAME", "app"))
                        .kinesis()
                        .streams())
                .containsExactly(
                        new KinesisSettings.Stream("spans", "app", false),
                        new KinesisSettings.Stream("otlp", "app-otlp", true));
    }

    @Test
    void applicationOfKinesis_leavesRoomForTheTableOfOtlp() {
        String longest = "a".repeat(255);
        assertThat(read(Map.of("KINESIS_APP_NAME", longest)).kinesis().application())
                .isEqualTo(longest);
        assertThatThrownBy(() -> read(Map.of("KINESIS_APP_NAME", longest, "KINESIS_OTLP_STREAM_NAME", "otlp")))
                .hasMessageEndingWith(": must be at most 250 characters, since KINESIS_OTLP_STREAM_NAME is set");
    }

    /** The application server puts these into expressions and selectors. */
    @ParameterizedTest
    @CsvSource({
        "ZIPKIN_JMS_OTLP_QUEUE, java:/jms/otlp queue",
        "ZIPKIN_JMS_OTLP_QUEUE, java:/jms/o\"t",
        "ACTIVEMQ_OTLP_QUEUE, a:b",
        "ACTIVEMQ_OTLP_QUEUE, 'a,b'",
        "ACTIVEMQ_OTLP_QUEUE, a\"b",
        "SQS_OTLP_QUEUE_URL, otlp",
        "KINESIS_OTLP_STREAM_NAME, a/b"
    })
    void name_thatCanBeNone_isRefused(String setting, String name) {
        assertThatThrownBy(() -> read(Map.of(setting, name)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(setting + "=");
    }

    private static ZipkinSettings read(Map<String, String> settings) {
        return ZipkinSettings.read(settings::get);
    }
}
