package zipkin.ee.storage.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.http.client.ForwardingPath;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;

/**
 * Uses an HTTP server that answers as the test says. ForwardingIT has real Zipkin servers in its
 * place.
 */
class HttpForwarderTest {
    private final List<Span> received = Collections.synchronizedList(new ArrayList<>());
    private final List<String> types = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private volatile int answer = 202;
    private volatile int mostSpans = Integer.MAX_VALUE;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v2/spans", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        types.add(type);
        List<Span> spans =
                (type.contains("protobuf") ? SpanBytesDecoder.PROTO3 : SpanBytesDecoder.JSON_V2).decodeList(body);
        int status = spans.size() > mostSpans ? 413 : answer;
        if (status == 202) {
            received.addAll(spans);
        }
        byte[] text = status == 202 ? new byte[0] : "because of tests".getBytes(UTF_8);
        exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    @Test
    void spans_arePostedInTheEncodingThatIsSet() throws IOException {
        store(forwarder(false), 3);
        store(forwarder(true), 2);

        assertThat(received).hasSize(5);
        assertThat(types).containsExactly("application/json", "application/x-protobuf");
    }

    @Test
    void whatIsTooLarge_isHalvedUntilItIsNot() throws IOException {
        mostSpans = 3;
        store(forwarder(false), 10);
        assertThat(received).hasSize(10);

        mostSpans = 0;
        assertThatThrownBy(() -> store(forwarder(false), 2))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessageContaining("answered 413: because of tests");
    }

    @Test
    void refusal_isForGoodOrForNow() {
        HttpForwarder forwarder = forwarder(false);
        answer = 400;
        assertThatThrownBy(() -> store(forwarder, 1)).isInstanceOf(MalformedSpansException.class);
        for (int status : new int[] {301, 401, 404, 408, 429, 500, 503}) {
            answer = status;
            assertThatThrownBy(() -> store(forwarder, 1))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessageContaining("answered " + status);
        }
    }

    @Test
    void nobodyThere_isUnavailable() {
        HttpForwarder forwarder = forwarder(false);
        server.stop(0);

        assertThatThrownBy(() -> store(forwarder, 1))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("does not answer");
    }

    private HttpForwarder forwarder(boolean proto3) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v2/spans");
        return new HttpForwarder(
                new HttpForwarderSettings(endpoint, proto3, Duration.ofSeconds(5)), new ForwardingPath());
    }

    private static void store(HttpForwarder forwarder, int count) throws IOException {
        List<Span> spans = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            spans.add(Span.newBuilder().traceId("a").id(i).build());
        }
        forwarder.spanConsumer().accept(spans).execute();
    }
}
