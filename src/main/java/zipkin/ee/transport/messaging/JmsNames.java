package zipkin.ee.transport.messaging;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;

/**
 * JMS objects in the application server's directory. Names come from the code and the administrator's settings only. What WildFly calls
 * {@code java:/jms/queue/zipkin} is {@code jms/queue/zipkin} for Payara; either finds it.
 */
@SingleInstance
class JmsNames {
    private static final String WILDFLYS = "java:/";

    ConnectionFactory connectionFactory(String name) throws JMSException {
        return lookUp(ConnectionFactory.class, name);
    }

    Queue queue(String name) throws JMSException {
        return lookUp(Queue.class, name);
    }

    private static <T> T lookUp(Class<T> type, String name) throws JMSException {
        List<String> names =
                name.startsWith(WILDFLYS) ? List.of(name, name.substring(WILDFLYS.length())) : List.of(name);
        JMSException missing = new JMSException("The application server has no " + name);
        for (String each : names) {
            Object found = find(each, missing);
            if (type.isInstance(found)) {
                return type.cast(found);
            }
        }
        throw missing;
    }

    @SuppressWarnings("BanJNDI") // names are the administrator's
    private static @Nullable Object find(String name, JMSException missing) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            missing.addSuppressed(e);
            return null;
        }
    }
}
