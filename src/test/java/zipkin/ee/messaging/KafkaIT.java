package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.KafkaBroker;
import zipkin.ee.testing.broker.RedeployedZipkin;
import zipkin.ee.testing.broker.TlsFiles;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** Kafka with passwords and TLS. */
@ResourceLock(RedeployedZipkin.LOCK)
class KafkaIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String OVERRIDES = "ZIPKIN_COLLECTOR_KAFKA_OVERRIDES_";

    @TempDir
    Path folder;

    @Test
    void broker_withPasswordsOverTls_takesTheOverrides_andHealthSaysWhenTheyAreWrong() throws Exception {
        String password = "pa55w0rd";
        TlsFiles tls = TlsFiles.make(folder);
        try (KafkaBroker broker = KafkaBroker.startWithPassword(password, tls)) {
            ZipkinEeServer refused = RedeployedZipkin.with(secured(broker, "wr0ngw0rd", tls));
            String health = awaitHealth(new ZipkinHttp(refused.uri()), "refuses the login");
            assertThat(health).contains("invalid credentials").doesNotContain("wr0ngw0rd");
            assertThat(refused.log()).contains("refuses the login").doesNotContain("wr0ngw0rd");

            ZipkinEeServer server = RedeployedZipkin.with(secured(broker, password, tls));
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            broker.send("hello".getBytes(UTF_8));
            Span span = SpanStream.span();
            broker.send(SpanBytesEncoder.JSON_V2.encodeList(List.of(span)));
            assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span);

            // The adapter writes dead letters when the storage has answered for the whole poll.
            ConsumerRecord<byte[], byte[]> letter = Await.value(
                            "a dead letter", LIMIT, () -> broker.records("zipkin.dlt"), found -> !found.isEmpty())
                    .get(0);
            assertThat(new String(letter.value(), UTF_8)).isEqualTo("hello");
            assertThat(KafkaBroker.header(letter, "zipkin-reason")).contains("Could not detect the span format");
            assertThat(KafkaBroker.header(letter, "zipkin-topic")).isEqualTo("zipkin");
            assertThat(KafkaBroker.header(letter, "zipkin-partition")).isEqualTo("0");
            assertThat(KafkaBroker.header(letter, "zipkin-offset")).isEqualTo("0");
            assertThat(Long.parseLong(KafkaBroker.header(letter, "zipkin-timestamp")))
                    .isEqualTo(broker.records("zipkin").get(0).timestamp());
            assertThat(server.log()).doesNotContain(password, tls.trustStorePassword());
        }
    }

    /** As docs/operating/kafka.md has it. */
    private static Map<String, String> secured(KafkaBroker broker, String password, TlsFiles tls) {
        Map<String, String> settings = new HashMap<>(broker.settings());
        settings.put(OVERRIDES + "SECURITY_PROTOCOL", "SASL_SSL");
        settings.put(OVERRIDES + "SASL_MECHANISM", "SCRAM-SHA-512");
        settings.put(
                OVERRIDES + "SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"zipkin\" password=\""
                        + password + "\";");
        settings.put(OVERRIDES + "SSL_TRUSTSTORE_LOCATION", tls.trustStore().toString());
        settings.put(OVERRIDES + "SSL_TRUSTSTORE_PASSWORD", tls.trustStorePassword());
        return settings;
    }

    private static String awaitHealth(ZipkinHttp zipkin, String text) {
        return Await.value("health", LIMIT, () -> zipkin.get("/health").body(), body -> body.contains(text));
    }
}
