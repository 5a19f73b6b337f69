package zipkin.ee.codec.otlp;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;

/**
 * Finds the endpoints of a span in its attributes and in those of its resource. The ranks of the
 * remote service are those of the OpenTelemetry specification for Zipkin, with the successors of
 * renamed attributes, and databases and brokers at the end. Names are never resolved. For one
 * message and thread.
 */
final class OtlpEndpoints {
    static final String SERVICE_NAME = "service.name";
    static final String UNKNOWN_SERVICE = "unknown_service";
    static final String PEER_SERVICE = "peer.service";
    static final String LOCAL_ADDRESS = "network.local.address";
    static final String LOCAL_PORT = "network.local.port";
    static final String PEER_ADDRESS = "network.peer.address";
    static final String PEER_PORT = "network.peer.port";

    /** @param port attribute with the port that belongs to it; empty for none */
    private record Source(String address, String port) {}

    private static final Source SERVER_ADDRESS = new Source("server.address", "server.port");
    private static final Source NETWORK_PEER = new Source(PEER_ADDRESS, PEER_PORT);
    private static final Source SOCKET_PEER = new Source("net.sock.peer.addr", "net.sock.peer.port");
    private static final Source PEER_IP = new Source("net.peer.ip", "net.peer.port");

    private static final List<Source> LOCAL = List.of(
            new Source(LOCAL_ADDRESS, LOCAL_PORT),
            new Source("net.sock.host.addr", "net.sock.host.port"),
            new Source("net.host.ip", "net.host.port"));
    private static final List<String> PEER_SERVICES = List.of("service.peer.name", PEER_SERVICE);
    private static final List<Source> PEERS = List.of(
            SERVER_ADDRESS,
            new Source("net.peer.name", "net.peer.port"),
            NETWORK_PEER,
            new Source("server.socket.domain", "server.socket.port"),
            new Source("server.socket.address", "server.socket.port"),
            new Source("net.sock.peer.name", "net.sock.peer.port"),
            SOCKET_PEER,
            new Source("peer.hostname", "peer.port"),
            new Source("peer.address", ""));
    private static final List<String> SYSTEMS =
            List.of("db.name", "db.namespace", "db.system.name", "db.system", "messaging.system");
    private static final List<Source> PEER_IPS = List.of(
            NETWORK_PEER,
            SOCKET_PEER,
            new Source("server.socket.address", "server.socket.port"),
            PEER_IP,
            SERVER_ADDRESS,
            new Source("net.peer.name", "net.peer.port"),
            new Source("peer.ipv4", "peer.port"),
            new Source("peer.ipv6", "peer.port"),
            new Source("peer.address", ""));
    private static final List<Source> CLIENT_IPS =
            List.of(new Source("client.address", "client.port"), NETWORK_PEER, SOCKET_PEER, PEER_IP);

    /** All attributes of a span that may be part of an endpoint. */
    static final Set<String> ATTRIBUTES = Stream.of(
                    Stream.of(LOCAL, PEERS, PEER_IPS, CLIENT_IPS)
                            .flatMap(List::stream)
                            .flatMap(source -> Stream.of(source.address, source.port)),
                    PEER_SERVICES.stream(),
                    SYSTEMS.stream())
            .flatMap(names -> names)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet());

    private final boolean ipAsService;
    private final OtlpLimits limits;

    OtlpEndpoints(boolean ipAsService, OtlpLimits limits) {
        this.ipAsService = ipAsService;
        this.limits = limits;
    }

    /** The endpoint of all spans of a resource that have no address of their own. */
    Endpoint ofResource(OtlpResource resource) {
        String name = text(resource.attributes.get(SERVICE_NAME));
        if (name.isEmpty()) {
            String program = text(resource.attributes.get("process.executable.name"));
            name = program.isEmpty() ? UNKNOWN_SERVICE : UNKNOWN_SERVICE + ":" + program;
        }
        return Endpoint.newBuilder().serviceName(limits.lowerCase(name)).build();
    }

    static boolean isServiceName(String attribute) {
        return attribute.equals(SERVICE_NAME);
    }

    Endpoint local(Endpoint ofResource, OtlpSpan span) {
        Found found = firstIp(LOCAL, span.attributes);
        if (found == null && span.kind == OtlpSpan.SERVER) {
            found = firstIp(List.of(SERVER_ADDRESS), span.attributes);
        }
        return found == null
                ? ofResource
                : endpoint(ofResource.toBuilder(), found.address, found.port(span.attributes));
    }

    @Nullable
    Endpoint remote(OtlpSpan span) {
        boolean hasServer =
                span.kind == OtlpSpan.CLIENT || span.kind == OtlpSpan.PRODUCER || span.kind == OtlpSpan.CONSUMER;
        Endpoint endpoint = hasServer ? server(span.attributes) : client(span.attributes);
        return endpoint.serviceName() == null && endpoint.ipv4() == null && endpoint.ipv6() == null ? null : endpoint;
    }

    private Endpoint client(Map<String, OtlpValue> attributes) {
        Endpoint.Builder endpoint = named(firstName(PEER_SERVICES, attributes));
        Found ip = firstIp(CLIENT_IPS, attributes);
        return ip == null ? endpoint.build() : endpoint(endpoint, ip.address, ip.port(attributes));
    }

    private Endpoint server(Map<String, OtlpValue> attributes) {
        Found ip = firstIp(PEER_IPS, attributes);
        Found peer = firstHost(attributes);
        String name = firstName(PEER_SERVICES, attributes);
        if (name == null) {
            name = peer == null ? firstName(SYSTEMS, attributes) : peer.address.host();
        }
        if (name == null && ip != null && ipAsService) {
            Found ranked = first(PEERS, attributes, true);
            name = (ranked == null ? ip : ranked).address.host();
        }
        Found first = ip == null ? peer : ip;
        int port = first == null ? 0 : first.port(attributes);
        if (port == 0) {
            port = OtlpAddress.port(attributes.get("server.port"));
        }
        return endpoint(named(name), ip == null ? null : ip.address, port);
    }

    private Endpoint.Builder named(@Nullable String name) {
        Endpoint.Builder endpoint = Endpoint.newBuilder();
        return name == null ? endpoint : endpoint.serviceName(limits.lowerCase(name));
    }

    private static Endpoint endpoint(Endpoint.Builder endpoint, @Nullable OtlpAddress address, int port) {
        if (address != null) {
            endpoint.parseIp(address.host());
        }
        return endpoint.port(port).build();
    }

    /** An address and where its port may be. */
    private record Found(OtlpAddress address, Source source) {
        int port(Map<String, OtlpValue> attributes) {
            int port = OtlpAddress.port(attributes.get(source.port));
            return port == 0 ? address.port() : port;
        }
    }

    private static @Nullable Found firstIp(List<Source> sources, Map<String, OtlpValue> attributes) {
        return first(sources, attributes, true);
    }

    private static @Nullable Found firstHost(Map<String, OtlpValue> attributes) {
        return first(PEERS, attributes, false);
    }

    private static @Nullable Found first(List<Source> sources, Map<String, OtlpValue> attributes, boolean isIp) {
        for (Source source : sources) {
            OtlpAddress address = OtlpAddress.parse(attributes.get(source.address));
            if (address != null && address.isIp() == isIp) {
                return new Found(address, source);
            }
        }
        return null;
    }

    private static @Nullable String firstName(List<String> names, Map<String, OtlpValue> attributes) {
        for (String name : names) {
            String value = OtlpAddress.name(attributes.get(name));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static String text(@Nullable OtlpValue value) {
        return value instanceof OtlpValue.Text t ? t.text() : "";
    }
}
