package zipkin.ee.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import zipkin.ee.ops.OtherListeners.Listener;

class OtherListenersTest {
    private final List<ObjectName> registered = new ArrayList<>();
    private final OtherListeners listeners = new OtherListeners(new ServerBeans());

    @AfterEach
    void unregister() throws JMException {
        for (ObjectName name : registered) {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        }
    }

    @Test
    void serverWithoutSuchBeans_hasNone() {
        assertThat(listeners.all()).isEmpty();
    }

    @Test
    void listeners_areThoseThatAreOn_byTheirPorts_withoutTheMainOne() throws JMException {
        listener("default", "http", true, 9411);
        listener("otlp-http", "otlp-http", true, 4318);
        listener("otlp-grpc", "otlp-grpc", true, 4317);
        listener("inner", "inner", false, 8000);

        assertThat(listeners.all())
                .containsExactly(new Listener("otlp-grpc", 4317, true), new Listener("otlp-http", 4318, true));
    }

    @Test
    void listenerWhosePortIsInUse_isNotOpen() throws JMException {
        listener("otlp-http", "otlp-http", true, 4318);
        listener("otlp-grpc", "otlp-grpc", true, 4317);
        register("core-service=management", Map.of(), new Object[] {
            "Failed services: org.wildfly.undertow.listener.otlp-grpc: Address already in use"
        });

        assertThat(listeners.all())
                .containsExactly(new Listener("otlp-grpc", 4317, false), new Listener("otlp-http", 4318, true));
    }

    private void listener(String name, String binding, boolean enabled, int port) throws JMException {
        register(
                "subsystem=undertow,server=default-server,http-listener=" + name,
                Map.of("socketBinding", binding, "enabled", enabled),
                "");
        register("socket-binding-group=standard-sockets,socket-binding=" + binding, Map.of("boundPort", port), "");
    }

    private void register(String name, Map<String, Object> attributes, Object result) throws JMException {
        ObjectName objectName = new ObjectName("jboss.as:" + name);
        ManagementFactory.getPlatformMBeanServer().registerMBean(new FixedBean(attributes, result), objectName);
        registered.add(objectName);
    }

    /** Has these attributes, and returns the result of any operation. */
    private record FixedBean(Map<String, Object> attributes, Object result) implements DynamicMBean {
        @Override
        public @Nullable Object getAttribute(String name) {
            return attributes.get(name);
        }

        @Override
        public Object invoke(String name, Object[] parameters, String[] signature) {
            return result;
        }

        @Override
        public void setAttribute(Attribute attribute) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AttributeList getAttributes(String[] names) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AttributeList setAttributes(AttributeList changed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MBeanInfo getMBeanInfo() {
            return new MBeanInfo(FixedBean.class.getName(), "", null, null, null, null);
        }
    }
}
