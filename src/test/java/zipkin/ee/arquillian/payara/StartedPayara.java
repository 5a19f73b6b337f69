package zipkin.ee.arquillian.payara;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import zipkin.ee.testing.PayaraServer;

/**
 * Starts an untouched Payara Server, once in a run. Registered ahead of Arquillian's extension,
 * which connects to it. It ends with the JVM.
 */
final class StartedPayara implements BeforeAllCallback {
    private static @Nullable PayaraServer server;

    static URI uri() {
        return Objects.requireNonNull(server, "not started").uri();
    }

    @Override
    public synchronized void beforeAll(ExtensionContext context) {
        if (server == null) {
            server = PayaraServer.startUntouched("payara6");
            System.setProperty(
                    "zipkin.arquillian.payara.admin",
                    Integer.toString(server.domain().adminPort()));
        }
    }
}
