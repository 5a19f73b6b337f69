package zipkin.ee.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.WildFlyServer;

/**
 * SIGTERM: what is under way is acknowledged, and new requests get 503 with Retry-After, without a
 * page of HTML.
 */
@Tag("wildfly")
class TerminationIT {
    private static final String SPANS = "[{\"traceId\":\"1\",\"id\":\"1\"}]";
    private static final int POSTS = 50;

    @Test
    void posts_whileTheServerEnds_areStoredOrToldToComeAgain() {
        try (WildFlyServer server = WildFlyServer.start(Map.of());
                RawConnection underWay = new RawConnection(server.uri())) {
            underWay.send(RawConnection.post("Content-Length: " + SPANS.length()) + SPANS.charAt(0));
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            // meanwhile the server has read the head
            assertThat(post(client, server).statusCode()).isEqualTo(202);

            server.handle().destroy();
            // Until then they are stored: the server says that it ends before it does.
            Await.value("the server's end", () -> post(client, server).statusCode(), status -> status != 202);
            for (int i = 0; i < POSTS; i++) {
                HttpResponse<String> answer = post(client, server);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain");
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
                assertThat(answer.headers().firstValue("Connection")).hasValue("close");
                assertThat(answer.body()).isEqualTo("The server is starting or stopping. Try again later.\n");
            }
            underWay.send(SPANS.substring(1));
            assertThat(underWay.status()).isEqualTo(202);
            Await.value("the process", server::isAlive, alive -> !alive);
        }
    }

    private static HttpResponse<String> post(HttpClient client, WildFlyServer server) {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/api/v2/spans"))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(SPANS))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
