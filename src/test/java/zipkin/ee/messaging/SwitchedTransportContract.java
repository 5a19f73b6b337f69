package zipkin.ee.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** Delivery by a message-driven bean, switched off and on: the server's part, once for each kind of adapter. */
abstract class SwitchedTransportContract extends TransportContract {
    @Test
    void delivery_switchedOffBySetting_leavesMessagesInTheBroker() {
        String enabled = "COLLECTOR_" + sharedBroker().label().toUpperCase(Locale.ROOT) + "_ENABLED";
        try (Broker broker = startBroker()) {
            ZipkinEeServer server = start(broker, Map.of(enabled, "false"));
            try {
                Span span = span();
                broker.send(SpanBytesEncoder.JSON_V2.encodeList(List.of(span)));
                LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
                assertThat(new ZipkinHttp(server.uri()).trace(span.traceId())).isEmpty();

                server = server.killAndRestart(Map.of(enabled, "true")).awaitHealthy();
                broker.serverStarted(server);
                assertThat(new ZipkinHttp(server.uri()).awaitTrace(span.traceId(), 1))
                        .containsExactly(span);
            } finally {
                server.close();
            }
        }
    }

    /** As docs/operating/messaging.md has it. */
    @Test
    @Tag("wildfly")
    void delivery_stoppedByTheCommandLine_waitsUntilItIsStarted() {
        Broker broker = sharedBroker();
        ZipkinEeServer server = sharedServer();
        ZipkinHttp zipkin = new ZipkinHttp(server.uri());
        String bean = "/deployment=zipkin.war/subsystem=ejb3/message-driven-bean=" + beanName(broker);
        Span before = span();
        broker.send(SpanBytesEncoder.JSON_V2.encodeList(List.of(before)));
        zipkin.awaitTrace(before.traceId(), 1);

        server.asWildFly().cli("--command=/subsystem=ejb3:write-attribute(name=statistics-enabled,value=true)");
        server.asWildFly().cli("--command=" + bean + ":stop-delivery");
        Span after = span();
        broker.send(SpanBytesEncoder.JSON_V2.encodeList(List.of(after)));
        String state = server.asWildFly().cli("--command=" + bean + ":read-resource(include-runtime=true)");
        assertThat(state)
                .contains("\"delivery-active\" => false", "\"pool-name\" => \"mdb-strict-max-pool\"")
                .doesNotContain("\"pool-create-count\" => 0,");
        assertThat(zipkin.trace(after.traceId())).isEmpty();

        server.asWildFly().cli("--command=" + bean + ":start-delivery");
        assertThat(zipkin.awaitTrace(after.traceId(), 1)).containsExactly(after);
        assertThat(server.asWildFly().cli("--command=" + bean + ":read-attribute(name=invocations)"))
                .doesNotContain("=> 0L");
    }

    private static String beanName(Broker broker) {
        return switch (broker.label()) {
            case "kafka" -> "Kafka";
            case "rabbitmq" -> "RabbitMq";
            case "jms" -> "Jms";
            case "activemq" -> "ActiveMq";
            default -> throw new IllegalArgumentException(broker.label());
        };
    }
}
