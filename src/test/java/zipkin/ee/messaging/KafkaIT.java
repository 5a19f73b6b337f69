package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.KafkaBroker;
import zipkin.ee.testing.broker.TlsFiles;
import zipkin.ee.testing.sql.DatabaseServer;
import zipkin.ee.testing.sql.MariaDbServer;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.Encoding;
import zipkin2.reporter.kafka.KafkaSender;

class KafkaIT extends MariaDbTransportContract {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String OVERRIDES = "ZIPKIN_COLLECTOR_KAFKA_OVERRIDES_";

    @Override
    Broker startBroker() {
        return KafkaBroker.start();
    }

    /** A list of spans by Zipkin's own sender, a record for each legacy span by Jaeger's {@code zipkin-thrift}, and a topic that comes later. */
    @Test
    void topics_ofSeveralSenders_areAllRead() throws IOException {
        try (KafkaBroker broker = KafkaBroker.start();
                ZipkinEeServer server = start(broker, Map.of("KAFKA_TOPIC", "spans, jaeger", "KAFKA_STREAMS", "2"))) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            List<Span> trace = SpanStream.trace(0xa1);
            try (BytesMessageSender sender = KafkaSender.newBuilder()
                    .bootstrapServers(broker.bootstrapServers())
                    .topic("spans")
                    .encoding(Encoding.PROTO3)
                    .build()) {
                sender.send(trace.stream().map(SpanBytesEncoder.PROTO3::encode).toList());
            }
            List<Span> legacy = SpanStream.trace(0xa2);
            legacy.forEach(span -> broker.send("jaeger", SpanBytesEncoder.THRIFT.encode(span)));

            assertThat(zipkin.awaitTrace(trace.get(0).traceId(), trace.size()))
                    .containsExactlyInAnyOrderElementsOf(trace);
            assertThat(zipkin.awaitTrace(legacy.get(0).traceId(), legacy.size()))
                    .containsExactlyInAnyOrderElementsOf(legacy);
            assertThat(metric(zipkin, "messages", broker)).isEqualTo(1 + legacy.size());
        }
    }

    @Test
    void partitions_movingBetweenTwoServers_inMidStream_loseAndDoubleNothing() {
        try (KafkaBroker broker = KafkaBroker.start();
                DatabaseServer database = MariaDbServer.startDurable()) {
            broker.createTopic("zipkin", 4);
            Map<String, String> storage = sql("mysql", "MYSQL_TCP_PORT", "MYSQL", database.createDatabase());
            try (ZipkinEeServer first = start(broker, storage);
                    SpanStream stream = new SpanStream(broker)) {
                stream.awaitMore(40);
                try (ZipkinEeServer second = start(broker, storage)) {
                    Await.value("members", LIMIT, () -> broker.members("zipkin"), members -> members == 2);
                    stream.awaitMore(80);
                    assertThat(metric(new ZipkinHttp(second.uri()), "messages", broker))
                            .isPositive();
                } // killed; its partitions go back when the group has not heard of it for 45 s
                stream.awaitMore(80);
                Await.value("members", LIMIT, () -> broker.members("zipkin"), members -> members == 1);
                stream.stop();
                stream.assertStored(new ZipkinHttp(first.uri()));
                assertThat(broker.deadLetters()).isEmpty();
            }
        }
    }

    @Test
    void broker_downAtTheStart_isWaitedFor() {
        try (KafkaBroker broker = KafkaBroker.stopped();
                ZipkinEeServer server = ZipkinEeServer.launch(broker.settings())) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            awaitHealth(zipkin, "No broker of " + broker.bootstrapServers() + " answers. Tries again by itself.");
            broker.restart();
            Span span = span();
            broker.send(SpanBytesEncoder.JSON_V2.encodeList(List.of(span)));
            assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span);
            server.awaitHealthy();
        }
    }

    @Test
    void broker_withPasswordsOverTls_takesTheOverrides_andHealthSaysWhenTheyAreWrong() throws Exception {
        String password = "pa55w0rd";
        TlsFiles tls = TlsFiles.make(folder);
        try (KafkaBroker broker = KafkaBroker.startWithPassword(password, tls)) {
            try (ZipkinEeServer server = ZipkinEeServer.launch(secured(broker, "wr0ngw0rd", tls))) {
                String health = awaitHealth(new ZipkinHttp(server.uri()), "refuses the login");
                assertThat(health).contains("invalid credentials").doesNotContain("wr0ngw0rd");
                assertThat(server.log()).contains("refuses the login").doesNotContain("wr0ngw0rd");
            }
            try (ZipkinEeServer server = ZipkinEeServer.start(secured(broker, password, tls))) {
                ZipkinHttp zipkin = new ZipkinHttp(server.uri());
                broker.send("hello".getBytes(UTF_8));
                Span span = span();
                broker.send(SpanBytesEncoder.JSON_V2.encodeList(List.of(span)));
                assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span);

                ConsumerRecord<byte[], byte[]> letter =
                        broker.records("zipkin.dlt").get(0);
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
        return Await.value("health", LIMIT, () -> health(zipkin), body -> body.contains(text));
    }

    private static String health(ZipkinHttp zipkin) {
        try {
            HttpResponse<String> answer = zipkin.get("/health");
            return answer.statusCode() + " " + answer.body();
        } catch (RuntimeException e) {
            return e.toString(); // not started yet
        }
    }
}
