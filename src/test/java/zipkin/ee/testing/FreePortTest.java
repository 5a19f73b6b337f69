package zipkin.ee.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void freePort_isListenedOnByOneServer_alsoAgain() throws IOException {
        int port = ServerProcess.freePort();
        assertThatThrownBy(() -> new Socket(LOOPBACK, port)).isInstanceOf(ConnectException.class);

        for (int start = 0; start < 2; start++) {
            try (ServerSocket server = new ServerSocket(port, 1, LOOPBACK);
                    Socket client = new Socket(LOOPBACK, port);
                    Socket accepted = server.accept()) {
                assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
            }
        }
    }

    /**
     * Of some 28,000 ports 300 are held: were they given to others, it would show in one of 2,000
     * almost for certain.
     */
    @Test
    void freePort_isGivenToNobodyElse() throws IOException {
        Set<Integer> held = new HashSet<>(IntStream.range(0, 300)
                .map(i -> ServerProcess.freePort())
                .boxed()
                .toList());
        assertThat(held).hasSize(300);
        Set<Integer> given = new HashSet<>();
        List<Socket> sockets = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 2000, LOOPBACK)) {
            for (int i = 0; i < 1000; i++) {
                Socket connected = new Socket(LOOPBACK, server.getLocalPort());
                sockets.add(connected);
                given.add(connected.getLocalPort());
                try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
                    given.add(other.getLocalPort());
                }
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }

        assertThat(given).doesNotContainAnyElementsOf(held);
    }
}
