package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.ZipkinEeServer;

/** A Zipkin whose settings stop its deployment. */
final class StoppedDeployment {
    private StoppedDeployment() {}

    /**
     * Starts a server with {@code settings} and fails unless its log has {@code line} and nothing
     * is served.
     *
     * @return the log
     */
    static String assertStops(Map<String, String> settings, String line) {
        try (LeasedServer lease = LeasedServer.launch(settings)) {
            String log = lease.server().awaitDeploymentFailed();
            // The server repeats it where it reports the failed deployment.
            assertThat(log.lines().filter(each -> each.contains(line)))
                    .as("%s in %s", line, log)
                    .isNotEmpty();
            // WildFly has nothing for the path, Payara keeps the failed application at its own.
            assertThat(lease.http().get("/health").statusCode()).isEqualTo(ZipkinEeServer.isWildFly() ? 503 : 500);
            return log;
        }
    }
}
