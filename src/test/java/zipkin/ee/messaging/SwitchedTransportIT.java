package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.RedeployedZipkin;
import zipkin.ee.testing.broker.SharedBrokers;
import zipkin.ee.testing.broker.TransportSet;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * COLLECTOR_…_ENABLED leaves messages in the broker when it is false, in any of the words for it,
 * and takes them when it is true, for each kind of transport. On Payara each start is of another
 * copy of the domain, and so of another embedded broker.
 */
@Tag("wildfly")
@ResourceLock(RedeployedZipkin.LOCK)
class SwitchedTransportIT {
    /**
     * Storage in memory is gone with the deployment: a message that the first had taken would not
     * be found in the second.
     */
    @Test
    void deliveries_switchedOffBySettings_leaveMessagesInTheBrokers() {
        try (TransportSet set = new TransportSet("switched", 1)) {
            List<String> labels = new ArrayList<>(List.of("sqs", "kinesis"));
            set.brokers().forEach(broker -> labels.add(broker.label()));
            Map<String, String> off = new HashMap<>(set.settings());
            off.putAll(switches(labels, List.of("0", "off", "No", "FALSE")));
            ZipkinEeServer server = RedeployedZipkin.reloadedWith(off);
            for (String label : labels) {
                String row = "off: COLLECTOR_" + label.toUpperCase(Locale.ROOT) + "_ENABLED=false";
                Await.value("the start-up screen", server::log, log -> log.contains(row));
            }
            set.serverStarted(server);
            List<Span> spans = send(set);
            for (String label : labels) {
                assertThat(new ZipkinHttp(server.uri()).counter("messages", label))
                        .as(label)
                        .isZero();
            }

            Map<String, String> settings = new HashMap<>(set.settings());
            settings.putAll(switches(labels, List.of("1", "on", "Yes", "TRUE")));
            ZipkinEeServer on = RedeployedZipkin.reloadedWith(settings);
            set.serverStarted(on);
            ZipkinHttp zipkin = new ZipkinHttp(on.uri());
            spans.forEach(
                    span -> assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span));
            RedeployedZipkin.reloadedWith(Map.of());
        }
    }

    /** One word after the other. */
    private static Map<String, String> switches(List<String> labels, List<String> words) {
        Map<String, String> switches = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            switches.put(
                    "COLLECTOR_" + labels.get(i).toUpperCase(Locale.ROOT) + "_ENABLED", words.get(i % words.size()));
        }
        return switches;
    }

    private static List<Span> send(TransportSet set) {
        List<Span> spans = new ArrayList<>();
        for (Broker broker : set.brokers()) {
            broker.send(next(spans));
            broker.otlp().send(nextOfOtlp(spans));
        }
        SharedBrokers.sqs().send(set.sqsQueue(), new String(next(spans), UTF_8));
        SharedBrokers.sqs().send(set.sqsOtlpQueue(), Base64.getEncoder().encodeToString(nextOfOtlp(spans)));
        SharedBrokers.kinesis().put(set.name(), "key", next(spans));
        SharedBrokers.kinesis().put(set.otlpStream(), "key", nextOfOtlp(spans));
        return spans;
    }

    private static byte[] next(List<Span> spans) {
        Span span = SpanStream.span();
        spans.add(span);
        return SpanBytesEncoder.JSON_V2.encodeList(List.of(span));
    }

    private static byte[] nextOfOtlp(List<Span> spans) {
        Span span = SpanStream.span();
        spans.add(span);
        return OtlpMessages.protobuf(List.of(span));
    }
}
