package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;

/** What is left of a Zipkin whose storage stopped its deployment. */
final class StoppedDeployment {
    private StoppedDeployment() {}

    /** Waits for the end of the server's start and fails unless its log has {@code line} and nothing is served. */
    static void assertTold(ZipkinEeServer server, String line) {
        String log = server.awaitDeploymentFailed();
        // The server repeats it where it reports the failed deployment.
        assertThat(log.lines().filter(each -> each.contains(line)))
                .as("%s in %s", line, log)
                .isNotEmpty();
        // WildFly does not know the path, Payara keeps the failed application at its own.
        assertThat(new ZipkinHttp(server.uri()).get("/health").statusCode())
                .isEqualTo(ZipkinEeServer.isWildFly() ? 404 : 500);
    }
}
