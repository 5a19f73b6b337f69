package zipkin.ee.storage.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin.ee.testing.Await;
import zipkin2.Endpoint;
import zipkin2.Span;

/** By a socket in the daemon's place. */
class XRayForwarderTest {
    private static final String TRACE = "5759e988bd862e3fe1be46a994272793";
    private static final Endpoint FRONTEND =
            Endpoint.newBuilder().serviceName("frontend").ip("10.0.0.1").build();
    private static final Endpoint BACKEND =
            Endpoint.newBuilder().serviceName("back~end").build();

    private DatagramSocket daemon;
    private XRayForwarder forwarder;

    @BeforeEach
    void start() throws IOException {
        daemon = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        daemon.setSoTimeout(5000);
        forwarder = new XRayForwarder("127.0.0.1", daemon.getLocalPort());
    }

    @AfterEach
    void stop() {
        forwarder.close();
        daemon.close();
    }

    @Test
    void serversSide_isASegmentOfItsService_belowTheCallersSubsegment() throws IOException {
        Span client = span("2")
                .parentId("1")
                .kind(Span.Kind.CLIENT)
                .localEndpoint(FRONTEND)
                .remoteEndpoint(BACKEND)
                .putTag("http.method", "GET")
                .putTag("http.url", "http://backend/items")
                .putTag("http.status_code", "404")
                .putTag("environment.name", "test")
                .build();
        Span server = span("2")
                .parentId("1")
                .kind(Span.Kind.SERVER)
                .shared(true)
                .localEndpoint(BACKEND)
                .remoteEndpoint(FRONTEND)
                .putTag("http.path", "/items")
                .addAnnotation(1_465_510_280_100_001L, "looked up")
                .build();

        store(client, server);

        JsonNode subsegment = document();
        assertThat(subsegment.path("trace_id").asText()).isEqualTo("1-5759e988-bd862e3fe1be46a994272793");
        assertThat(subsegment.path("id").asText()).isEqualTo("0000000000000002");
        assertThat(subsegment.path("parent_id").asText()).isEqualTo("0000000000000001");
        assertThat(subsegment.path("type").asText()).isEqualTo("subsegment");
        assertThat(subsegment.path("namespace").asText()).isEqualTo("remote");
        assertThat(subsegment.path("name").asText()).isEqualTo("back_end");
        assertThat(subsegment.path("start_time").decimalValue()).isEqualByComparingTo("1465510280.000007");
        assertThat(subsegment.path("end_time").decimalValue()).isEqualByComparingTo("1465510281.500007");
        assertThat(subsegment.at("/http/request/method").asText()).isEqualTo("GET");
        assertThat(subsegment.at("/http/request/url").asText()).isEqualTo("http://backend/items");
        assertThat(subsegment.at("/http/response/status").asInt()).isEqualTo(404);
        assertThat(subsegment.path("error").asBoolean()).isTrue();
        assertThat(subsegment.has("fault")).isFalse();
        assertThat(subsegment.at("/annotations/environment_name").asText()).isEqualTo("test");
        assertThat(subsegment.at("/annotations").has("http_method")).isFalse();
        JsonNode segment = document();
        assertThat(segment.path("parent_id").asText()).isEqualTo("0000000000000002");
        assertThat(segment.path("id").asText()).matches("[0-9a-f]{16}").isNotEqualTo("0000000000000002");
        assertThat(segment.has("type")).isFalse();
        assertThat(segment.path("name").asText()).isEqualTo("back_end");
        assertThat(segment.at("/http/request/client_ip").asText()).isEqualTo("10.0.0.1");
        assertThat(segment.at("/metadata/zipkin/0/value").asText()).isEqualTo("looked up");
    }

    @Test
    void rootWithoutAKind_isASegment_andItsChildASubsegmentOfNoOther() throws IOException {
        store(
                span("1").localEndpoint(FRONTEND).name("job").duration(null).build(),
                span("2")
                        .parentId("1")
                        .localEndpoint(FRONTEND)
                        .name("step")
                        .putTag("error", "boom")
                        .build());

        JsonNode root = document();
        assertThat(root.path("name").asText()).isEqualTo("frontend");
        assertThat(root.has("parent_id")).isFalse();
        assertThat(root.path("in_progress").asBoolean()).isTrue();
        JsonNode step = document();
        assertThat(step.path("name").asText()).isEqualTo("step");
        assertThat(step.has("namespace")).isFalse();
        assertThat(step.path("fault").asBoolean()).isTrue();
        assertThat(step.at("/cause/exceptions/0/message").asText()).isEqualTo("boom");
    }

    @Test
    void narrowTraceIds_areRefusedWithTheReason_andNothingIsSentOfTheirMessage() {
        Span narrow = Span.newBuilder().traceId("a").id("a").timestamp(1L).build();

        assertThatThrownBy(() -> store(span("1").build(), narrow))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessageContaining("128 bits")
                .hasMessageContaining("000000000000000a has 64");
        assertThatThrownBy(() -> store(span("1").timestamp(null).build()))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessageContaining("without a timestamp");
        assertThatThrownBy(() -> {
                    daemon.setSoTimeout(300);
                    document();
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void tagsOfAwsAndSql_areWhereXRayLooksForThem_andLongOnesAreMetadata() throws IOException {
        store(span("2")
                .parentId("1")
                .kind(Span.Kind.CLIENT)
                .name("query")
                .putTag("http.host", "db.example")
                .putTag("sql.sanitized_query", "SELECT ?")
                .putTag("aws.table_name", "orders")
                .putTag("aws.ec2.instance_id", "i-1")
                .putTag("aws.origin", "AWS::EC2::Instance")
                .putTag("xray.namespace", "aws")
                .putTag("note", "n".repeat(250))
                .build());

        JsonNode document = document();
        assertThat(document.path("name").asText()).isEqualTo("db.example");
        assertThat(document.path("namespace").asText()).isEqualTo("aws");
        assertThat(document.at("/sql/sanitized_query").asText()).isEqualTo("SELECT ?");
        assertThat(document.at("/aws/table_name").asText()).isEqualTo("orders");
        assertThat(document.at("/aws/ec2/instance_id").asText()).isEqualTo("i-1");
        assertThat(document.at("/aws/xray/sdk").asText()).isEqualTo("Zipkin");
        assertThat(document.path("origin").asText()).isEqualTo("AWS::EC2::Instance");
        assertThat(document.at("/metadata/note").asText()).hasSize(250);
        assertThat(document.path("annotations").fieldNames()).toIterable().containsExactly("operation", "http_host");
    }

    @Test
    void tagsThatAreTooMany_orOfOneKey_areMetadata() throws IOException {
        Span.Builder many = span("1").putTag("a.b", "first").putTag("a_b", "second");
        for (int i = 0; i < 60; i++) {
            many.putTag("z" + i, "v");
        }
        store(many.build());

        JsonNode document = document();
        assertThat(document.path("annotations").size()).isEqualTo(50);
        assertThat(document.at("/annotations/a_b").asText()).isEqualTo("first");
        assertThat(document.at("/metadata/a_b").asText()).isEqualTo("second");
        assertThat(document.path("metadata").size()).isEqualTo(1 + 61 - 50);
    }

    @Test
    void spanBeyondADatagram_goesWithoutItsTexts() throws IOException {
        Span.Builder large = span("1").localEndpoint(FRONTEND);
        for (int i = 0; i < 80; i++) {
            large.addAnnotation(1_465_510_280_000_000L + i, "x".repeat(2000) + i);
        }
        store(large.build());

        JsonNode document = document();
        assertThat(document.path("id").asText()).isEqualTo("0000000000000001");
        assertThat(document.has("metadata")).isFalse();
    }

    @Test
    void daemonThatIsGone_isUnavailable_untilItIsBack() throws IOException {
        int port = daemon.getLocalPort();
        daemon.close();
        Await.value( // its host reports it after the first datagram
                "a daemon that is known to be gone",
                this::failure,
                failure -> failure.contains("127.0.0.1:" + port + " takes no datagrams"));

        daemon = new DatagramSocket(port, InetAddress.getLoopbackAddress());
        daemon.setSoTimeout(5000);
        store(span("3").build());
        assertThat(document().path("id").asText()).isEqualTo("0000000000000003");
    }

    @Test
    void query_saysThatNothingIsKept() {
        assertThatThrownBy(forwarder::spanStore)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("STORAGE_TYPE=xray");
    }

    private String failure() {
        try {
            store(span("1").build());
            return "";
        } catch (StorageUnavailableException e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Span.Builder span(String id) {
        return Span.newBuilder()
                .traceId(TRACE)
                .id(id)
                .timestamp(1_465_510_280_000_007L)
                .duration(1_500_000L);
    }

    private void store(Span... spans) throws IOException {
        forwarder.spanConsumer().accept(List.of(spans)).execute();
    }

    private JsonNode document() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        daemon.receive(packet);
        String text = new String(packet.getData(), 0, packet.getLength(), UTF_8);
        assertThat(text).startsWith("{\"format\": \"json\", \"version\": 1}\n");
        return new ObjectMapper().readTree(text.substring(text.indexOf('\n') + 1));
    }
}
