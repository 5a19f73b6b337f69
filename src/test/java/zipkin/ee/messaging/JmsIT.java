package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.ServersOwnArtemis;
import zipkin.ee.testing.broker.ServersOwnOpenMq;

/** The bean for JMS on the server's own broker: Artemis, OpenMQ. */
class JmsIT extends MariaDbTransportContract {
    @Override
    Broker startBroker() {
        return ZipkinEeServer.isWildFly() ? new ServersOwnArtemis() : new ServersOwnOpenMq();
    }

    /** The broker goes down in order, with the server. */
    @Test
    @Tag("wildfly")
    @Override
    void brokerKilledAndRestarted_inMidStream_losesNothing() {
        try (Broker broker = startBroker();
                ZipkinEeServer server = start(
                        broker,
                        Map.of(
                                "STORAGE_TYPE",
                                "h2",
                                "ZIPKIN_DB_FILE",
                                folder.resolve("spans").toString()));
                SpanStream stream = new SpanStream(broker)) {
            stream.awaitMore(40);
            server.asWildFly().cli("--command=:reload");
            server.awaitHealthy();
            stream.awaitMore(40);
            stream.stop();
            stream.assertStored(new ZipkinHttp(server.uri()));
        }
    }

    /** As docs/operating/jms.md has it. */
    @Test
    @Tag("wildfly")
    void deadLetters_areListedSentBackAndRemoved_byTheCommandLine() {
        String letters = "--command=/subsystem=messaging-activemq/server=default/jms-queue=zipkin.dlq:";
        try (Broker broker = startBroker();
                ZipkinEeServer server = start(broker, Map.of())) {
            broker.send("poison".getBytes(UTF_8));
            Await.value("a dead letter", broker::deadLetters, found -> found.size() == 1);
            assertThat(server.asWildFly().cli(letters + "list-messages"))
                    .contains("\"zipkin_reason\" => \"Could not detect the span format")
                    .contains("\"zipkin_source\" => \"zipkin\"");

            assertThat(server.asWildFly().cli(letters + "move-messages(other-queue-name=zipkin)"))
                    .contains("\"result\" => 1");
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            Await.value("it was read again", () -> metric(zipkin, "messages_dropped", broker), dropped -> dropped == 2);
            Await.value("a dead letter again", broker::deadLetters, found -> found.size() == 1);
            assertThat(server.asWildFly().cli(letters + "remove-messages")).contains("\"result\" => 1");
            assertThat(server.asWildFly().cli(letters + "count-messages")).contains("\"result\" => 0L");
        }
    }
}
