package zipkin.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.aws.AwsAccessSettings;
import zipkin.ee.config.InvalidSettingsException;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.forward.XRaySettings;
import zipkin.ee.transport.sqs.SqsSettings;

class CloudSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "https://sqs.eu-central-1.amazonaws.com/1/zipkin, , eu-central-1",
        "https://us-west-2.queue.amazonaws.com/1/zipkin, , us-west-2",
        "https://sqs.cn-north-1.amazonaws.com.cn/1/zipkin, , cn-north-1",
        "http://127.0.0.1:9324/000000000000/zipkin, , ",
        "https://sqs.eu-central-1.amazonaws.com/1/zipkin, eu-west-1, eu-west-1",
    })
    void region_isTheOneThatIsSet_elseOfTheQueue(String url, @Nullable String set, @Nullable String region) {
        SqsSettings sqs = read(set == null
                        ? Map.of("SQS_QUEUE_URL", url)
                        : Map.of("SQS_QUEUE_URL", url, "SQS_AWS_REGION", set))
                .sqs();

        assertThat(sqs.access().region()).isEqualTo(region);
        assertThat(sqs.queueUrl()).isEqualTo(url);
    }

    @Test
    void roles_areAskedForWhereTheServiceIs_unlessToldElse() {
        AwsAccessSettings kinesis = read(Map.of(
                        "KINESIS_STREAM_NAME", "spans",
                        "KINESIS_AWS_REGION", "eu-west-1",
                        "KINESIS_AWS_STS_ROLE_ARN", "arn:aws:iam::123456789012:role/zipkin"))
                .kinesis()
                .access();
        AwsAccessSettings sqs = read(Map.of(
                        "SQS_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/1/zipkin",
                        "SQS_AWS_STS_ROLE_ARN", "arn:aws:iam::123456789012:role/zipkin",
                        "SQS_AWS_STS_REGION", "us-east-1"))
                .sqs()
                .access();

        assertThat(kinesis.stsRegion()).isEqualTo("eu-west-1");
        assertThat(sqs.stsRegion()).isEqualTo("us-east-1");
        assertThat(sqs.roleArn()).isEqualTo("arn:aws:iam::123456789012:role/zipkin");
    }

    @Test
    void secrets_areNotShown() {
        ZipkinSettings settings = read(Map.of(
                "SQS_AWS_ACCESS_KEY_ID", "key",
                "SQS_AWS_SECRET_ACCESS_KEY", "top secret",
                "KINESIS_AWS_ACCESS_KEY_ID", "key",
                "KINESIS_AWS_SECRET_ACCESS_KEY", "top secret",
                "EUREKA_SERVICE_URL", "http://me:top%20secret@eureka:8761/eureka/"));

        assertThat(settings.toString()).doesNotContain("top secret", "top%20secret");
        assertThat(settings.eureka().serviceUrl()).hasPath("/eureka");
        assertThatThrownBy(() -> read(Map.of("EUREKA_SERVICE_URL", "ftp://me:top%20secret@eureka")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("EUREKA_SERVICE_URL")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "'', localhost, 2000",
        "xray, xray, 2000",
        "xray:3000, xray, 3000",
        "tcp:one:1000 udp:two:2001, two, 2001",
        "udp:two:2001 tcp:one:1000, two, 2001",
    })
    void daemon_isWhereItsAddressSays(String address, String host, int port) {
        assertThat(read(Map.of("AWS_XRAY_DAEMON_ADDRESS", address)).xRay()).isEqualTo(new XRaySettings(host, port));
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_XRAY_DAEMON_ADDRESS, xray:99999",
        "SQS_QUEUE_URL, zipkin",
        "SQS_AWS_ACCESS_KEY_ID, key",
        "SQS_AWS_STS_ROLE_ARN, zipkin",
        "KINESIS_STREAM_NAME, a/b",
        "KINESIS_APP_NAME, ab",
        "KINESIS_INITIAL_POSITION, OLDEST",
        "KINESIS_AWS_ACCESS_KEY_ID, key",
        "AWS_ENDPOINT_URL_KINESIS, localhost:4567",
        "HTTP_FORWARDER_ENDPOINT, zipkin:9411",
        "HTTP_FORWARDER_ENDPOINT, http://me:secret@zipkin/api/v2/spans",
        "SCOUTER_SERVICE_MAPS_OJB_TYPE, shop",
        "SCOUTER_UDP_PACKET_MAX_BYTES, 70000",
        "PULSAR_SERVICE_URL, pulsar:6650",
        "KAFKA_FORWARDER_ENCODING, THRIFT",
        "STACKDRIVER_PROJECT_ID, a/b",
        "STACKDRIVER_API_HOST, https://a/b",
    })
    void setting_thatIsWrong_isRefusedByItsName(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(name);
    }

    @Test
    void forwarders_needToKnowWhereTo() {
        assertThatThrownBy(() -> read(Map.of()).httpForwarder().requireEndpoint())
                .hasMessageContaining("HTTP_FORWARDER_ENDPOINT");
        assertThatThrownBy(() -> read(Map.of()).stackdriver().requireProject())
                .hasMessageContaining("STACKDRIVER_PROJECT_ID");
        assertThatCode(() -> read(Map.of("HTTP_FORWARDER_ENDPOINT", "https://zipkin/api/v2/spans"))
                        .httpForwarder()
                        .requireEndpoint())
                .doesNotThrowAnyException();
    }

    @Test
    void storageTypes_areOneAndOthers() {
        StorageSettings storage =
                read(Map.of("STORAGE_TYPE", "postgresql, xray,http-forwarder")).storage();

        assertThat(storage.type()).isEqualTo("postgresql");
        assertThat(storage.alsoTo()).isEqualTo(List.of("xray", "http-forwarder"));
        assertThat(read(Map.of("STORAGE_TYPE", ",")).storage().isInMemory()).isTrue();
    }

    @Test
    void skyWalkingsRate_isInTenThousandths_andOfNoEffectBesideZipkins() {
        assertThat(read(Map.of("SW_ZIPKIN_SAMPLE_RATE", "2500")).collector().sampleRate())
                .isEqualTo(0.25);
        assertThat(read(Map.of("SW_ZIPKIN_SAMPLE_RATE", "2500", "COLLECTOR_SAMPLE_RATE", "0.5"))
                        .collector()
                        .sampleRate())
                .isEqualTo(0.5);
        assertThat(read(Map.of("SW_ZIPKIN_MAX_SPANS_PER_SECOND", "7"))
                        .collector()
                        .maxSpansPerSecond())
                .isEqualTo(7);
    }

    private static ZipkinSettings read(Map<String, String> settings) {
        return ZipkinSettings.read(settings::get);
    }
}
