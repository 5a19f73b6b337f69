package zipkin.ee.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static zipkin.ee.clients.OtlpClient.JSON;
import static zipkin.ee.clients.OtlpClient.PROTOBUF;

import com.google.rpc.Status;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.hostile.RawAnswer;
import zipkin.ee.hostile.RawConnection;
import zipkin.ee.testing.LeasedServer;

/** Every refusal of the OTLP intake, in the encoding of its request; and its preflights. */
class OtlpRefusalsIT {
    private static final int MAX_BYTES = 256 * 1024;
    private static final String ORIGIN = "https://shop.example";
    private static final byte[] NOTHING = {};

    private static LeasedServer lease;
    private static OtlpClient client;

    @BeforeAll
    static void start() {
        lease = LeasedServer.start(Map.of(
                "COLLECTOR_OTLP_ALLOWED_ORIGINS",
                ORIGIN,
                "COLLECTOR_HTTP_MAX_BYTES",
                Integer.toString(MAX_BYTES),
                "COLLECTOR_HTTP_BODY_TIMEOUT",
                "2s"));
        client = new OtlpClient(lease.server().uri());
    }

    @AfterAll
    static void stop() {
        lease.close();
    }

    @Test
    void malformedMessages_areInvalidArguments() {
        var protobuf = client.post("/v1/traces", PROTOBUF, "no protobuf".getBytes(UTF_8));
        assertThat(protobuf.status()).isEqualTo(400);
        assertThat(protobuf.header("Content-Type")).isEqualTo(PROTOBUF);
        assertThat(protobuf.rpcStatus().getCode()).isEqualTo(3);
        assertThat(protobuf.rpcStatus().getMessage()).isNotEmpty();

        for (String text : List.of("", "[", "{\"resourceSpans\":7}")) {
            var json = client.post("/v1/traces", JSON, text.getBytes(UTF_8));
            assertThat(json.status()).as(text).isEqualTo(400);
            assertThat(json.text()).startsWith("{\"code\":3,\"message\":\"");
        }
    }

    @Test
    void truncatedGzip_isAnInvalidArgument() {
        byte[] gzip = OtlpClient.gzip(OtlpClient.request("frontend", List.of(Span.getDefaultInstance())));

        var answer =
                client.post("/v1/traces", PROTOBUF, Arrays.copyOf(gzip, gzip.length / 2), "Content-Encoding", "gzip");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.rpcStatus().getCode()).isEqualTo(3);
    }

    @Test
    void largeBody_isExhausted_alsoWhenInflated() {
        byte[] large = new byte[MAX_BYTES + 1];

        var whole = client.post("/v1/traces", PROTOBUF, large);
        assertThat(whole.status()).isEqualTo(413);
        assertThat(whole.rpcStatus().getCode()).isEqualTo(8);

        var inflated = client.post("/v1/traces", JSON, OtlpClient.gzip(large), "Content-Encoding", "gzip");
        assertThat(inflated.status()).isEqualTo(413);
        assertThat(inflated.text()).startsWith("{\"code\":8,\"message\":\"The body is larger than");
    }

    @Test
    void slowBody_isToBeSentAgain() {
        try (RawConnection connection = new RawConnection(lease.server().uri())) {
            connection.send("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 10\r\n\r\n{");
            // Refused bodies are read on before the connection is closed.
            RawAnswer answer = connection.answer();

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).isEqualTo("5");
            assertThat(answer.body()).contains("{\"code\":4,\"message\":\"The body did not arrive in time\"}");
        }
    }

    @Test
    void otherTypesAndCodings_areUnsupported() {
        var type = client.post("/v1/traces", "text/plain", "{}".getBytes(UTF_8));
        assertThat(type.status()).isEqualTo(415);
        assertThat(type.header("Content-Type")).startsWith(JSON);
        assertThat(client.send("POST", "/v1/traces", "{}".getBytes(UTF_8)).status())
                .isEqualTo(415);

        var coding = client.post("/v1/traces", PROTOBUF, new byte[] {1}, "Content-Encoding", "br");
        assertThat(coding.status()).isEqualTo(415);
        assertThat(coding.header("Accept-Encoding")).isEqualTo("gzip, deflate");
        assertThat(coding.rpcStatus().getMessage()).contains("br");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS"})
    void otherMethods_areNotAllowed(String method) {
        var answer = client.send(method, "/v1/traces", NOTHING, "Content-Type", PROTOBUF);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("POST");
        assertThat(answer.rpcStatus().getCode()).isEqualTo(12);
    }

    @Test
    void otherSignals_areUnimplemented() {
        var answer = client.post("/v1/profiles", PROTOBUF, NOTHING);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.rpcStatus())
                .isEqualTo(Status.newBuilder()
                        .setCode(12)
                        .setMessage("This server takes /v1/traces, and accepts and discards logs and metrics.")
                        .build());
    }

    @Test
    void preflight_ofAListedOrigin_isAllowed() {
        // HttpClient does not let its users set Origin.
        RawAnswer allowed = preflight(ORIGIN);
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.header("access-control-allow-origin")).isEqualTo(ORIGIN);
        assertThat(allowed.header("access-control-allow-credentials")).isEqualTo("true");
        assertThat(allowed.header("access-control-allow-methods")).isEqualTo("POST");
        assertThat(allowed.header("access-control-allow-headers"))
                .isEqualTo("content-type,content-encoding,authorization,x-requested-with,x-tenant");

        assertThat(preflight("https://other.example").headers())
                .doesNotContainKeys("access-control-allow-origin", "access-control-allow-headers");
    }

    private static RawAnswer preflight(String origin) {
        try (RawConnection connection = new RawConnection(lease.server().uri())) {
            connection.send("OPTIONS /v1/traces HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: " + origin
                    + "\r\nAccess-Control-Request-Method: POST\r\n"
                    + "Access-Control-Request-Headers: content-type,x-tenant\r\n\r\n");
            return connection.answer();
        }
    }
}
