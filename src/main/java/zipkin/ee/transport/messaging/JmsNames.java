package zipkin.ee.transport.messaging;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.text.SafeLogger;

/**
 * JMS objects in the application server's directory. Names come from the code and the
 * administrator's settings only. What WildFly calls {@code java:/jms/queue/zipkin} is
 * {@code jms/queue/zipkin} for Payara; either finds it.
 */
@SingleInstance
class JmsNames {
    private static final Logger LOGGER = SafeLogger.of(JmsNames.class.getName());
    private static final String WILDFLYS = "java:/";

    ConnectionFactory connectionFactory(String name) throws JMSException {
        return lookUp(ConnectionFactory.class, name);
    }

    Queue queue(String name) throws JMSException {
        return lookUp(Queue.class, name);
    }

    private static <T> T lookUp(Class<T> type, String name) throws JMSException {
        T found = find(type, name);
        if (found == null && name.startsWith(WILDFLYS)) {
            found = find(type, name.substring(WILDFLYS.length()));
        }
        if (found == null) {
            throw new JMSException("The application server has no " + name);
        }
        return found;
    }

    /** Null where nothing, or something of another type, has the name. */
    @SuppressWarnings("BanJNDI") // names are the administrator's
    private static <T> @Nullable T find(Class<T> type, String name) {
        try {
            Object found = InitialContext.doLookup(name);
            return type.isInstance(found) ? type.cast(found) : null;
        } catch (NamingException e) {
            LOGGER.log(Level.DEBUG, "No " + name, e);
            return null;
        }
    }
}
