package zipkin.ee.connector.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import java.util.List;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.FreePort;
import zipkin.ee.testing.broker.RabbitServer;

/** A broker that is not there, and comes back. */
class RabbitOutageIT {
    @Test
    void broker_thatIsDownAtFirst_andIsKilledLater_isConsumedWheneverItIsThere() throws Exception {
        try (RabbitServer server = RabbitServer.start();
                AdapterFixture fixture = new AdapterFixture()) {
            server.kill();
            fixture.spec.setAddresses("127.0.0.1:" + FreePort.find() + ", " + server.address());
            fixture.activate();
            assertThat(fixture.awaitDetail(text -> text.contains("refused"))).contains(server.address());
            assertThat(AdapterFixture.attribute("State")).isEqualTo("CONNECTING");

            server.restart();
            fixture.awaitState("RUNNING");
            send(server, "1");
            Await.value("delivery", fixture::delivered, List.of("1")::equals);

            server.kill();
            fixture.awaitState("CONNECTING");
            fixture.awaitDetail(text -> text.contains("refused"));
            server.restart();
            fixture.awaitState("RUNNING");
            send(server, "2");
            Await.value("delivery", fixture::delivered, messages -> messages.contains("2"));
            assertThat(fixture.container.startedWorks()).isEqualTo(1);
            assertThat(fixture.container.violations()).isEmpty();
        }
    }

    @Test
    void deactivation_whileTheBrokerIsDown_endsAtOnce() throws Exception {
        try (AdapterFixture fixture = new AdapterFixture()) {
            fixture.spec.setMaxBackOff("30s");
            fixture.spec.setAddresses("127.0.0.1:" + FreePort.find());
            fixture.activate();
            fixture.awaitDetail(text -> text.contains("refused"));
            long begin = System.nanoTime();
            fixture.deactivate();
            assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
            Await.value("works", fixture.container::runningWorks, running -> running == 0);
        }
    }

    private static void send(RabbitServer server, String message) throws Exception {
        try (Connection connection = server.connect();
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish("", "zipkin", MessageProperties.PERSISTENT_BASIC, message.getBytes(UTF_8));
            channel.waitForConfirmsOrDie(10_000);
        }
    }
}
