package zipkin.ee.messaging;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.WildFlyServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.SharedTransports;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * What every transport of messages does on a server that has all of them: encodings, dead letters,
 * counters, and delivery stopped by an operator.
 */
@ResourceLock(SharedTransports.COUNTERS)
class TransportIT {
    private static final Map<String, String> BEANS =
            Map.of("kafka", "Kafka", "rabbitmq", "RabbitMq", "jms", "Jms", "activemq", "ActiveMq", "pulsar", "Pulsar");

    private final ZipkinHttp zipkin = SharedTransports.http();

    static List<Broker> brokers() {
        return SharedTransports.set().brokers();
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void messages_inEveryEncoding_areStoredAndCounted(Broker broker) {
        TransportChecks.everyEncodingIsStoredAndCounted(broker, zipkin);
        assertThat(zipkin.get("/health").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void malformedMessage_isADeadLetterWithItsReason_andStopsNothing(Broker broker) {
        TransportChecks.malformedMessagesAreDeadLetters(broker, zipkin);
        assertThat(SharedTransports.server().log()).doesNotContain("\tat zipkin.ee");
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void otlp_ofItsTopicOrQueue_andInJsonOfTheOther_isStoredAndCounted(Broker broker) {
        TransportChecks.otlpIsStoredAndCounted(broker, zipkin);
        String row = "(?s).*" + broker.label() + " +(on|waits): \\S[^\\n]* and OTLP in \\S.*";
        String partial = broker.label() + ": a message is stored in part: 1 of 3 spans refused: span id of 7 bytes (1)";
        Await.value(
                "the start-up screen, and the refused span",
                SharedTransports.server()::log,
                log -> log.matches(row) && log.contains(partial));
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void malformedOtlp_isADeadLetterOfItsTopicOrQueue_andStopsNothing(Broker broker) {
        TransportChecks.malformedOtlpIsADeadLetter(broker, zipkin);
    }

    /** As docs/operating/messaging.md has it. */
    @Test
    @Tag("wildfly")
    void delivery_stoppedByTheCommandLine_waitsUntilItIsStarted() {
        WildFlyServer server = SharedTransports.server().asWildFly();
        sendSpans().forEach(span -> zipkin.awaitTrace(span.traceId(), 1));

        server.cli("--commands=/subsystem=ejb3:write-attribute(name=statistics-enabled,value=true),"
                + ofEachBean("stop-delivery"));
        List<Span> after = sendSpans();
        assertThat(server.cli("--commands=" + ofEachBean("read-resource(include-runtime=true)"))
                        .split("\"delivery-active\""))
                .hasSize(1 + brokers().size())
                .allSatisfy(state -> assertThat(state).doesNotContain("\"pool-create-count\" => 0,"))
                .filteredOn(state -> state.startsWith(" => false") && state.contains("mdb-strict-max-pool"))
                .hasSize(brokers().size());
        after.forEach(span -> assertThat(zipkin.trace(span.traceId())).isEmpty());

        server.cli("--commands=" + ofEachBean("start-delivery"));
        after.forEach(span -> assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span));
        assertThat(server.cli("--commands=" + ofEachBean("read-attribute(name=invocations)")))
                .doesNotContain("=> 0L");
    }

    private static List<Span> sendSpans() {
        Map<Broker, Span> spans = new LinkedHashMap<>();
        brokers().forEach(broker -> spans.put(broker, SpanStream.span()));
        spans.forEach((broker, span) -> broker.send(SpanBytesEncoder.JSON_V2.encodeList(List.of(span))));
        return List.copyOf(spans.values());
    }

    private static String ofEachBean(String operation) {
        return brokers().stream()
                .map(broker -> "/deployment=zipkin.war/subsystem=ejb3/message-driven-bean=" + BEANS.get(broker.label())
                        + ":" + operation)
                .collect(joining(","));
    }
}
