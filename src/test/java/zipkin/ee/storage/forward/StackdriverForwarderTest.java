package zipkin.ee.storage.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.devtools.cloudtrace.v2.AttributeValue;
import com.google.devtools.cloudtrace.v2.BatchWriteSpansRequest;
import com.google.devtools.cloudtrace.v2.Span.TimeEvent;
import com.google.devtools.cloudtrace.v2.TruncatableString;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * By an HTTP server in Google's place, which reads requests by Google's own messages and refuses
 * what these do not have.
 */
class StackdriverForwarderTest {
    private static final String TRACE = "5759e988bd862e3fe1be46a994272793";
    private static final Endpoint SHOP =
            Endpoint.newBuilder().serviceName("shop").ip("10.0.0.1").build();

    @TempDir
    Path folder;

    private final List<BatchWriteSpansRequest> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> tokenForms = Collections.synchronizedList(new ArrayList<>());
    private HttpServer google;
    private volatile String validToken = "first";
    private volatile int answer = 200;

    @BeforeEach
    void start() throws IOException {
        google = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        google.createContext("/v2/projects/p-1/traces:batchWrite", this::write);
        google.createContext("/token", this::token);
        google.createContext("/computeMetadata/v1/instance/service-accounts/default/token", this::token);
        google.start();
    }

    @AfterEach
    void stop() {
        google.stop(0);
    }

    private void write(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        int status = answer;
        if (!("Bearer " + validToken).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            status = 401;
        } else if (status == 200) {
            BatchWriteSpansRequest.Builder request = BatchWriteSpansRequest.newBuilder();
            try {
                JsonFormat.parser().merge(body, request);
                requests.add(request.build());
            } catch (IOException e) {
                status = 400;
            }
        }
        reply(exchange, status, "{}");
    }

    private void token(HttpExchange exchange) throws IOException {
        tokenForms.add(exchange.getRequestHeaders().getFirst("Metadata-Flavor") + " "
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        reply(exchange, 200, "{\"access_token\":\"" + validToken + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void spans_areWrittenAsGoogleHasThem() throws IOException {
        Span server = span("2")
                .parentId("1")
                .kind(Span.Kind.SERVER)
                .shared(true)
                .name("get /items")
                .localEndpoint(SHOP)
                .putTag("http.method", "GET")
                .putTag("note", "ü".repeat(200))
                .addAnnotation(1_465_510_280_000_009L, "looked up")
                .build();
        Span narrow = Span.newBuilder().traceId("a").id("b").timestamp(1L).build();

        store(metadata(), server, narrow);

        List<com.google.devtools.cloudtrace.v2.Span> written = requests.get(0).getSpansList();
        com.google.devtools.cloudtrace.v2.Span first = written.get(0);
        assertThat(first.getName()).isEqualTo("projects/p-1/traces/" + TRACE + "/spans/" + first.getSpanId());
        assertThat(first.getSpanId()).matches("[0-9a-f]{16}").isNotEqualTo("0000000000000002");
        assertThat(first.getParentSpanId()).isEqualTo("0000000000000002");
        assertThat(first.getDisplayName().getValue()).isEqualTo("get /items");
        assertThat(first.getSpanKind()).isEqualTo(com.google.devtools.cloudtrace.v2.Span.SpanKind.SERVER);
        assertThat(Timestamps.toMicros(first.getStartTime())).isEqualTo(1_465_510_280_000_007L);
        assertThat(Timestamps.toMicros(first.getEndTime())).isEqualTo(1_465_510_280_001_007L);
        assertThat(first.getAttributes().getAttributeMapMap())
                .containsOnlyKeys("/kind", "/component", "/http/method", "endpoint.ipv4", "note")
                .containsEntry("/component", text("shop", 0))
                .containsEntry("note", text("ü".repeat(128), 144));
        TimeEvent event = first.getTimeEvents().getTimeEvent(0);
        assertThat(event.getAnnotation().getDescription().getValue()).isEqualTo("looked up");
        assertThat(written.get(1).getName()).contains("/traces/0000000000000000000000000000000a/");
        assertThat(written.get(1).getAttributes().getAttributeMapMap()).containsOnlyKeys("/agent");
        assertThat(tokenForms).containsExactly("Google ");
    }

    @Test
    void serviceAccount_isShownBySignature_andItsTokenKept_untilItIsRefused() throws Exception {
        KeyPair pair = rsa();
        StackdriverForwarder forwarder = forwarder(key(pair));

        store(forwarder, span("1").build());
        store(forwarder, span("2").build());

        assertThat(tokenForms).hasSize(1);
        String form = tokenForms.get(0);
        assertThat(form).contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer");
        String[] parts =
                URLDecoder.decode(form.replaceFirst(".*assertion=", ""), UTF_8).split("\\.", -1);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8))
                .contains("\"iss\":\"zipkin@p-1.iam\"", "\"scope\":\"https://www.googleapis.com/auth/trace.append\"");

        validToken = "second";
        store(forwarder, span("3").build());
        assertThat(tokenForms).hasSize(2);
        assertThat(requests).hasSize(3);
    }

    @Test
    void credentials_thatAreNone_areToldAndMayBeMended() throws IOException {
        for (String key :
                List.of("{}", "{\"type\":\"service_account\",\"client_email\":\"a\",\"private_key\":\"x\"}")) {
            StackdriverForwarder forwarder = forwarder(Files.writeString(folder.resolve("key.json"), key));
            assertThatThrownBy(() -> store(forwarder, span("1").build()))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessageContaining("GOOGLE_APPLICATION_CREDENTIALS has");
        }
    }

    @Test
    void refusal_isForGoodOrForNow() {
        answer = 400;
        assertThatThrownBy(() -> store(metadata(), span("1").build())).isInstanceOf(MalformedSpansException.class);
        for (int status : new int[] {403, 404, 429, 503}) {
            answer = status;
            assertThatThrownBy(() -> store(metadata(), span("1").build()))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessageContaining("answered " + status);
        }
        assertThatThrownBy(() -> store(metadata(), span("1").timestamp(null).build()))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessageContaining("without a timestamp");
    }

    private static AttributeValue text(String value, int lostBytes) {
        return AttributeValue.newBuilder()
                .setStringValue(TruncatableString.newBuilder().setValue(value).setTruncatedByteCount(lostBytes))
                .build();
    }

    private static KeyPair rsa() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private Path key(KeyPair pair) throws IOException {
        String pem = "-----BEGIN PRIVATE KEY-----\\n"
                + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\\n-----END PRIVATE KEY-----\\n";
        return Files.writeString(
                folder.resolve("key.json"),
                "{\"type\":\"service_account\",\"client_email\":\"zipkin@p-1.iam\",\"private_key\":\"" + pem
                        + "\",\"token_uri\":\"" + root() + "/token\"}");
    }

    private String root() {
        return "http://127.0.0.1:" + google.getAddress().getPort();
    }

    private StackdriverForwarder metadata() {
        return new StackdriverForwarder(new StackdriverSettings(
                URI.create(root()),
                "p-1",
                "",
                "127.0.0.1:" + google.getAddress().getPort()));
    }

    private StackdriverForwarder forwarder(Path key) {
        return new StackdriverForwarder(
                new StackdriverSettings(URI.create(root()), "p-1", key.toString(), "nowhere.invalid"));
    }

    private static Span.Builder span(String id) {
        return Span.newBuilder()
                .traceId(TRACE)
                .id(id)
                .timestamp(1_465_510_280_000_007L)
                .duration(1_000L);
    }

    private static void store(StackdriverForwarder forwarder, Span... spans) throws IOException {
        forwarder.spanConsumer().accept(List.of(spans)).execute();
    }
}
