package zipkin.ee.storage.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.Status;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.ZipkinSettings;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.fault.RecordedLog;
import zipkin.ee.http.client.ForwardingPath;
import zipkin.ee.storage.StorageUnavailableException;

/**
 * Uses an HTTP server that answers as the test says, and reads what comes by OpenTelemetry's own
 * messages. OtlpForwardingIT has a real server in its place.
 */
class OtlpForwarderTest {
    private static final byte[] NOTHING = {};

    private final List<ExportTraceServiceRequest> received = Collections.synchronizedList(new ArrayList<>());
    private final List<Headers> headers = Collections.synchronizedList(new ArrayList<>());
    private final RecordedLog log = new RecordedLog();
    private final PartialSuccesses partial = new PartialSuccesses(log, System::nanoTime);
    private final Map<String, String> settings = new HashMap<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile byte[] answer = NOTHING;
    private volatile int mostSpans = Integer.MAX_VALUE;
    private volatile Map<String, String> answerHeaders = Map.of();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        settings.put("OTLP_FORWARDER_ENDPOINT", uri("/base/"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String uri(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream body = exchange.getRequestBody();
        ExportTraceServiceRequest request =
                ExportTraceServiceRequest.parseFrom(gzip ? new GZIPInputStream(body) : body);
        headers.add(exchange.getRequestHeaders());
        answerHeaders.forEach(exchange.getResponseHeaders()::add);
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        boolean tooLarge = spans(request).size() > mostSpans;
        if (!tooLarge) {
            received.add(request);
        }
        exchange.sendResponseHeaders(tooLarge ? 413 : status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static List<Span> spans(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .map(ResourceSpans::getScopeSpansList)
                .flatMap(List::stream)
                .map(ScopeSpans::getSpansList)
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void spans_arePostedCompressedBelowTheBase() throws IOException {
        settings.put("OTLP_FORWARDER_HEADERS", "Authorization=Bearer%20abc, X-Scope-OrgID = shop");
        OtlpForwarder forwarder = forwarder();
        store(forwarder, 3);

        assertThat(forwarder).hasToString("OtlpForwarder{" + uri("/base/v1/traces") + "}");
        assertThat(received).singleElement().satisfies(request -> assertThat(spans(request))
                .hasSize(3));
        assertThat(headers.get(0))
                .containsEntry("Content-type", List.of("application/x-protobuf"))
                .containsEntry("Content-encoding", List.of("gzip"))
                .containsEntry("Authorization", List.of("Bearer abc"))
                .containsEntry("X-scope-orgid", List.of("shop"))
                .hasEntrySatisfying(
                        "Zipkin-forwarded-by",
                        ids -> assertThat(ids).singleElement().asString().matches("[0-9a-f]{16}"));
    }

    @Test
    void spans_goUncompressedToTheWholeUrl_whenSet() throws IOException {
        settings.put("OTLP_FORWARDER_TRACES_ENDPOINT", uri("/ingest"));
        settings.put("OTLP_FORWARDER_COMPRESSION", "none");
        OtlpForwarder forwarder = forwarder();
        store(forwarder, 1);

        assertThat(forwarder).hasToString("OtlpForwarder{" + uri("/ingest") + "}");
        assertThat(headers.get(0)).doesNotContainKey("Content-encoding");
        assertThat(received).hasSize(1);
    }

    @Test
    void message_isWithinItsBytesAndWhatTheServerTakes() throws IOException {
        settings.put("OTLP_FORWARDER_MESSAGE_MAX_BYTES", "1000");
        store(forwarder(), 100);
        assertThat(received.size()).isGreaterThan(3);
        assertThat(received)
                .allSatisfy(request -> assertThat(request.getSerializedSize()).isLessThanOrEqualTo(1000));
        assertThat(received.stream().mapToInt(request -> spans(request).size()).sum())
                .isEqualTo(100);

        received.clear();
        mostSpans = 3;
        store(forwarder(), 10);
        assertThat(received.stream().mapToInt(request -> spans(request).size()).sum())
                .isEqualTo(10);

        mostSpans = 0;
        assertThatThrownBy(() -> store(forwarder(), 2))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessageContaining("answered 413");
    }

    @Test
    void partialSuccess_isCountedAndLoggedOnceAndNotSentAgain() throws IOException {
        ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
        response.getPartialSuccessBuilder().setRejectedSpans(2).setErrorMessage("too old\n" + "x".repeat(1_000));
        answer = response.build().toByteArray();
        OtlpForwarder forwarder = forwarder();
        store(forwarder, 5);
        store(forwarder, 5);

        assertThat(received).hasSize(2);
        assertThat(partial.report().text()).isEqualTo("4 spans were refused one by one");
        assertThat(partial.report().numbers()).containsEntry("spans", 4L);
        assertThat(log.lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("WARNING The server to which spans are forwarded has refused 2 of them, which are lost to"
                        + " it: too old\\nx")
                .hasSizeLessThan(520));
    }

    @Test
    void badRequest_isTheFaultOfTheSpans() {
        status = 400;
        answer = Status.newBuilder().setMessage("no trace id").build().toByteArray();
        assertThatThrownBy(() -> store(forwarder(), 1))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage(uri("/base/v1/traces") + " answered 400: no trace id");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 415, 429, 500, 502, 503, 504, 508})
    void anyOtherRefusal_isUnavailable(int refusal) {
        status = refusal;
        answerHeaders = Map.of("Location", uri("/elsewhere"));
        answer = "because of tests".getBytes(UTF_8);
        assertThatThrownBy(() -> store(forwarder(), 1))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining(" answered " + refusal + ": ");
        assertThat(received).hasSize(1); // no redirect was followed
    }

    @Test
    void retryAfter_isAPauseInWhichNothingIsSent() throws IOException {
        status = 429;
        answerHeaders = Map.of("Retry-After", "30");
        OtlpForwarder forwarder = forwarder();
        assertThatThrownBy(() -> store(forwarder, 1)).hasMessageContaining("answered 429");
        assertThatThrownBy(() -> store(forwarder, 1))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageMatching(".* has asked for a pause, which ends in (30|2\\d) s");
        assertThat(received).hasSize(1);
    }

    @Test
    void nobodyThere_isUnavailable() {
        OtlpForwarder forwarder = forwarder();
        server.stop(0);

        assertThatThrownBy(() -> store(forwarder, 1))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("does not answer");
    }

    private OtlpForwarder forwarder() {
        return new OtlpForwarder(ZipkinSettings.read(settings::get).otlpForwarder(), new ForwardingPath(), partial);
    }

    private static void store(OtlpForwarder forwarder, int count) throws IOException {
        List<zipkin2.Span> spans = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            spans.add(zipkin2.Span.newBuilder().traceId("a").id(i).build());
        }
        forwarder.spanConsumer().accept(spans).execute();
    }
}
