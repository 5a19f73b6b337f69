package zipkin.ee.ops;

import jakarta.inject.Inject;
import java.net.URI;
import zipkin.ee.cdi.SingleInstance;

/** Reads from JMX where the application server listens and whether it has started. */
@SingleInstance
public final class ServerAddress {
    private static final String HTTP_BINDING = "jboss.as:socket-binding-group=standard-sockets,socket-binding=http";
    private static final String WILDFLY = "jboss.as:management-root=server";

    private final ServerSettings settings;
    private final ServerBeans beans;

    @Inject
    ServerAddress(ServerSettings settings, ServerBeans beans) {
        this.settings = settings;
        this.beans = beans;
    }

    /** The root URI for clients on this machine. Its port is QUERY_PORT if JMX has none. */
    public URI root() {
        Object port = beans.attribute(HTTP_BINDING, "boundPort");
        Object address = beans.attribute(HTTP_BINDING, "boundAddress");
        String host = address == null ? "localhost" : address.toString();
        boolean anyAddress = host.equals("0.0.0.0") || host.equals("::") || host.equals("0:0:0:0:0:0:0:0");
        return URI.create(
                "http://" + (anyAddress ? "localhost" : literal(host)) + ":" + (port == null ? settings.port() : port));
    }

    /** Returns false only while WildFly reports that it is starting. */
    public boolean started() {
        Object state = beans.attribute(WILDFLY, "serverState");
        return state == null || state.equals("running") || state.equals("reload-required");
    }

    private static String literal(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
