package zipkin.ee.messaging;

import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.ServersOwnArtemis;

/** The bean for JMS on the server's own Artemis. */
class JmsIT extends TransportContract {
    @Override
    Broker startBroker() {
        return new ServersOwnArtemis();
    }

    /** The broker goes down in order, with the server. */
    @Test
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
            stream.awaitMore(100);
            server.cli("--command=:reload");
            server.awaitHealthy();
            stream.awaitMore(100);
            stream.stop();
            stream.assertStored(new ZipkinHttp(server.uri()));
        }
    }
}
