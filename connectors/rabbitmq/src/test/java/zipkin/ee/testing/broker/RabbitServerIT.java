package zipkin.ee.testing.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;

class RabbitServerIT {
    @Test
    void restart_afterKill_hasWhatWasConfirmed() throws Exception {
        try (RabbitServer server = RabbitServer.start()) {
            Connection sender = server.connect();
            Channel sending = sender.createChannel();
            sending.queueDeclare("kept", true, false, false, null);
            sending.confirmSelect();
            for (int i = 0; i < 100; i++) {
                sending.basicPublish("", "kept", MessageProperties.PERSISTENT_BASIC, new byte[] {1});
            }
            sending.waitForConfirmsOrDie(10_000);
            // What is confirmed is on the disk, but not that the queue was declared a moment
            // before.
            server.control("eval", "mnesia:sync_log().");
            server.kill();
            sender.abort();
            assertThatThrownBy(server::connect).isInstanceOf(IOException.class);

            server.restart();
            Await.value("messages kept", () -> count(server, "kept"), count -> count == 100);
        }
    }

    /** A broker may let clients in a moment before a killed queue is there again; -1 until then. */
    private static long count(RabbitServer server, String queue) {
        try (Connection connection = server.connect();
                Channel channel = connection.createChannel()) {
            return channel.messageCount(queue);
        } catch (IOException | TimeoutException e) {
            return -1;
        }
    }

    @Test
    void close_endsEverythingItStarted() {
        RabbitServer server = RabbitServer.start();
        String address = server.address();
        server.addUser("zipkin", "secret", "tracing");
        assertThat(server.control("list_vhosts")).contains("tracing");
        server.close();
        String port = address.substring(address.indexOf(':') + 1);
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains("zipkin" + port)))
                .isEmpty();
    }
}
