package zipkin.ee.ops;

import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.management.ObjectName;
import zipkin.ee.cdi.SingleInstance;

/**
 * The listeners of the application server that lead to this application besides the one of
 * {@link ServerAddress}. WildFly alone reports them.
 */
@SingleInstance
final class OtherListeners {
    private static final String LISTENERS = "jboss.as:subsystem=undertow,server=default-server,http-listener=*";
    private static final String BINDING = "jboss.as:socket-binding-group=standard-sockets,socket-binding=";
    private static final String MANAGEMENT = "jboss.as:core-service=management";
    private static final String MAIN_BINDING = "http";

    private final ServerBeans beans;

    @Inject
    OtherListeners(ServerBeans beans) {
        this.beans = beans;
    }

    /**
     * A listener that is switched on.
     *
     * @param open whether it has its port, which another program may have
     */
    record Listener(String name, int port, boolean open) {}

    /** Returns the listeners by their ports. */
    List<Listener> all() {
        String errors = beans.result(MANAGEMENT, "readBootErrors");
        return beans.names(LISTENERS).stream()
                .map(bean -> listener(bean, errors))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingInt(Listener::port))
                .toList();
    }

    /** Returns nothing for the main listener and for one that is switched off. */
    private Optional<Listener> listener(ObjectName bean, String errors) {
        String name = bean.getKeyProperty("http-listener");
        Object binding = beans.attribute(bean.toString(), "socketBinding");
        Object port = beans.attribute(BINDING + binding, "boundPort");
        boolean enabled = Boolean.TRUE.equals(beans.attribute(bean.toString(), "enabled"));
        if (MAIN_BINDING.equals(binding) || !enabled || !(port instanceof Integer number)) {
            return Optional.empty();
        }
        return Optional.of(new Listener(name, number, !errors.contains("listener." + name)));
    }
}
