package zipkin.ee.codec.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static zipkin.ee.codec.otlp.OtlpMessages.*;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin2.Endpoint;

/**
 * Attributes are written {@code name=value}, separated by spaces, and endpoints
 * {@code service,ip,port}.
 */
class OtlpEndpointsTest {
    private static final List<String> RANKS = List.of(
            "service.peer.name",
            "peer.service",
            "server.address",
            "net.peer.name",
            "network.peer.address",
            "server.socket.domain",
            "server.socket.address",
            "net.sock.peer.name",
            "net.sock.peer.addr",
            "peer.hostname",
            "peer.address",
            "db.name",
            "db.namespace",
            "db.system.name",
            "db.system",
            "messaging.system");

    @ParameterizedTest
    @CsvSource({
        "service.name=Orders, orders",
        "service.name=orders service.namespace=shop service.instance.id=1, orders",
        "service.name= process.executable.name=java, unknown_service:java",
        "process.executable.name=java, unknown_service:java",
        "host.name=h, unknown_service"
    })
    void serviceName_ofTheResource_isThatOfTheLocalEndpoint(String attributes, String expected) {
        zipkin2.Span span = only(read(request(
                resource(attributes(attributes)), ScopeSpans.newBuilder().addSpans(span()))));
        assertThat(text(span.localEndpoint())).isEqualTo(expected + ",,");
        assertThat(span.tags()).doesNotContainKey("service.name");
    }

    @Test
    void serviceName_thatIsNotText_isUnknown() {
        zipkin2.Span span = only(read(request(
                resource(attribute("service.name", 5)), ScopeSpans.newBuilder().addSpans(span()))));
        assertThat(span.localServiceName()).isEqualTo("unknown_service");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | network.local.address=10.0.0.1 network.local.port=80 | 10.0.0.1,80",
                "3 | network.local.address=::1 | ::1,",
                "3 | network.local.address=/run/socket net.sock.host.addr=10.0.0.2 net.sock.host.port=81 | 10.0.0.2,81",
                "0 | net.host.ip=10.0.0.3 net.host.port=82 | 10.0.0.3,82",
                "2 | server.address=10.0.0.4 server.port=83 | 10.0.0.4,83",
                "2 | server.address=10.0.0.4 network.local.address=10.0.0.5 server.port=83 | 10.0.0.5,",
                "2 | server.address=example.com server.port=83 | ,",
                "3 | server.address=10.0.0.4 server.port=83 | ,",
                "2 | network.local.port=84 | ,"
            })
    void address_ofTheSpan_isThatOfTheLocalEndpoint(int kind, String attributes, String expected) {
        assertThat(text(of(kind, attributes).localEndpoint())).isEqualTo("unknown_service," + expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void remoteName_ofEachRank_yieldsToThoseBefore(int kind) {
        for (int i = 0; i < RANKS.size(); i++) {
            StringBuilder attributes = new StringBuilder();
            for (int k = RANKS.size() - 1; k >= i; k--) {
                attributes.append(RANKS.get(k)).append("=Name-").append(k).append(' ');
            }
            zipkin2.Span span = of(kind, attributes.toString());
            assertThat(text(span.remoteEndpoint())).isEqualTo("name-" + i + ",,");
            assertThat(span.tags()).hasSize(RANKS.size() - i).containsEntry(RANKS.get(i), "Name-" + i);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "peer.service= server.address=db server.port=5432 | db,,5432",
                "net.peer.name=db net.peer.port=5432 | db,,5432",
                "net.peer.name=db net.peer.port=0 server.port=1 | db,,1",
                "net.peer.name=db net.peer.port=65536 | db,,",
                "net.peer.name=db net.peer.port=x | db,,",
                "peer.service=orders server.port=80 | orders,,80",
                "peer.service=orders net.peer.name=db net.peer.port=81 | orders,,81",
                "server.address=db server.port=80 network.peer.address=10.0.0.1 network.peer.port=81 | db,10.0.0.1,81",
                "server.address=db server.port=80 network.peer.address=10.0.0.1 | db,10.0.0.1,80",
                "server.address=10.0.0.2 network.peer.address=10.0.0.1 | 10.0.0.2,10.0.0.1,",
                "server.address=10.0.0.2 net.peer.name=db | db,10.0.0.2,",
                "net.sock.peer.addr=10.0.0.3 net.sock.peer.port=82 | 10.0.0.3,10.0.0.3,82",
                "server.socket.address=10.0.0.4 server.socket.port=83 | 10.0.0.4,10.0.0.4,83",
                "net.peer.ip=10.0.0.5 net.peer.port=84 | 10.0.0.5,10.0.0.5,84",
                "peer.ipv4=10.0.0.6 peer.port=85 | 10.0.0.6,10.0.0.6,85",
                "peer.ipv6=2001:DB8::1 peer.port=86 | 2001:db8::1,2001:db8::1,86",
                "peer.hostname=h peer.port=87 | h,,87",
                "peer.address=h:88 | h,,88",
                "peer.address=10.0.0.7:88 | 10.0.0.7,10.0.0.7,88",
                "network.peer.address=[::1]:89 | ::1,::1,89",
                "network.peer.address=[2001:db8::2] server.port=90 | 2001:db8::2,2001:db8::2,90",
                "network.peer.address=fe80::1%eth0 | fe80::1,fe80::1,",
                "network.peer.address=::ffff:10.0.0.8 | ::ffff:10.0.0.8,10.0.0.8,",
                "network.peer.address=10.0.0.256 | 10.0.0.256,,",
                "network.peer.address=1:2 | 1,,2",
                "network.peer.address=12345::1 | 12345::1,,",
                "db.system=h2 network.peer.address=10.0.0.9 | h2,10.0.0.9,",
                "http.method=GET server.port=80 | ,,"
            })
    void remoteEndpoint_ofAClient_isNamedByRankAndHasTheFirstIp(String attributes, String expected) {
        assertThat(text(of(3, attributes).remoteEndpoint())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.address=me server.port=80 net.peer.name=other db.name=d | ,,",
                "peer.service=caller | caller,,",
                "service.peer.name=new peer.service=old client.address=10.0.0.1 client.port=81 | new,10.0.0.1,81",
                "client.address=caller.example network.peer.address=10.0.0.2 network.peer.port=82 | ,10.0.0.2,82",
                "net.sock.peer.addr=::2 net.sock.peer.port=83 | ,::2,83",
                "net.peer.ip=10.0.0.3 net.peer.port=84 | ,10.0.0.3,84",
                "client.address=10.0.0.4 server.port=80 | ,10.0.0.4,"
            })
    void remoteEndpoint_ofAServer_isTheCallerAndNeverItself(String attributes, String expected) {
        assertThat(text(of(2, attributes).remoteEndpoint())).isEqualTo(expected);
        assertThat(text(of(0, attributes).remoteEndpoint())).isEqualTo(expected);
        assertThat(text(of(1, attributes).remoteEndpoint())).isEqualTo(expected);
    }

    @Test
    void port_asNumber_isThePort() {
        assertThat(text(read(span().setKindValue(3)
                                .addAttributes(attribute("server.address", "db"))
                                .addAttributes(attribute("server.port", 5432)))
                        .remoteEndpoint()))
                .isEqualTo("db,,5432");
        assertThat(text(read(span().setKindValue(3)
                                .addAttributes(attribute("server.address", "db"))
                                .addAttributes(attribute("server.port", 65_536)))
                        .remoteEndpoint()))
                .isEqualTo("db,,");
    }

    @Test
    void ipAsService_off_leavesTheNameOut() {
        OtlpMapping mapping = new OtlpMapping("", List.of("*"), false, false);
        Span.Builder span = span().setKindValue(3).addAttributes(attribute("network.peer.address", "10.0.0.1"));
        assertThat(text(only(read(request(span), mapping)).remoteEndpoint())).isEqualTo(",10.0.0.1,");
    }

    @Test
    void name_longerThan255_staysATagOnly() {
        String longest = "a".repeat(255);
        assertThat(of(3, "peer.service=" + longest).remoteServiceName()).isEqualTo(longest);
        zipkin2.Span span = of(3, "peer.service=" + longest + "a server.address=db");
        assertThat(span.remoteServiceName()).isEqualTo("db");
        assertThat(span.tags()).containsEntry("peer.service", longest + "a");
    }

    private static zipkin2.Span of(int kind, String attributes) {
        return read(span().setKindValue(kind).addAllAttributes(List.of(attributes(attributes))));
    }

    private static KeyValue[] attributes(String text) {
        return List.of(text.strip().split(" ", -1)).stream()
                .map(pair -> pair.split("=", 2))
                .map(pair -> attribute(pair[0], pair[1]))
                .toArray(KeyValue[]::new);
    }

    private static String text(@Nullable Endpoint endpoint) {
        if (endpoint == null) {
            return ",,";
        }
        String ip = endpoint.ipv4() == null ? endpoint.ipv6() : endpoint.ipv4();
        return orEmpty(endpoint.serviceName()) + "," + orEmpty(ip) + "," + orEmpty(endpoint.port());
    }

    private static String orEmpty(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
