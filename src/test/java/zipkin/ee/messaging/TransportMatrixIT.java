package zipkin.ee.messaging;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.ActiveMqBroker;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.KafkaBroker;
import zipkin.ee.testing.broker.PulsarBroker;
import zipkin.ee.testing.broker.RabbitBroker;
import zipkin.ee.testing.broker.RabbitServer;
import zipkin.ee.testing.broker.RemoteArtemisBroker;
import zipkin.ee.testing.broker.ServersOwnArtemis;
import zipkin.ee.testing.broker.ServersOwnOpenMq;

/**
 * Each transport alone on a server: what {@link TransportIT}, {@link BrokerOutageIT} and {@link
 * StorageOutageIT} prove for all of them at once, also on other storages.
 */
@Tag("matrix")
class TransportMatrixIT {
    @Nested
    class Kafka extends TransportContract {
        @Override
        Broker startBroker() {
            return KafkaBroker.start();
        }
    }

    @Nested
    class RabbitMq extends TransportContract {
        @Override
        Broker startBroker() {
            return new RabbitBroker(RabbitServer.start());
        }
    }

    /** The server's own broker: Artemis, OpenMQ. */
    @Nested
    class Jms extends TransportContract {
        @Override
        Broker startBroker() {
            return ZipkinEeServer.isWildFly() ? new ServersOwnArtemis() : new ServersOwnOpenMq();
        }
    }

    @Nested
    @Tag("wildfly")
    class ActiveMq extends TransportContract {
        @Override
        Broker startBroker() {
            return new ActiveMqBroker();
        }
    }

    @Nested
    @Tag("wildfly")
    class Pulsar extends TransportContract {
        @Override
        Broker startBroker() {
            return PulsarBroker.start();
        }
    }

    @Nested
    @Tag("wildfly")
    class RemoteArtemis extends TransportContract {
        @Override
        Broker startBroker() {
            return new RemoteArtemisBroker();
        }

        /** The one broker that {@link BrokerOutageIT} does not have. */
        @Test
        void brokerKilledAndRestarted_inMidStream_losesNothing() {
            try (Broker broker = startBroker();
                    ZipkinEeServer server = start(broker, Map.of());
                    SpanStream stream = new SpanStream(broker)) {
                ZipkinHttp zipkin = new ZipkinHttp(server.uri());
                stream.awaitMore(40);
                broker.kill();
                Await.value("health", () -> zipkin.get("/health").statusCode(), status -> status == 503);
                broker.restart();
                stream.awaitMore(40);
                stream.stop();
                stream.assertStored(zipkin);
                Await.value("health", () -> zipkin.get("/health").statusCode(), status -> status == 200);
            }
        }
    }
}
