package zipkin.ee.transport.messaging;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import javax.naming.InitialContext;
import javax.naming.NamingException;
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
        Object found;
        try {
            found = find(name);
        } catch (NamingException e) {
            JMSException missing = new JMSException("The application server has no " + name);
            missing.initCause(e);
            throw missing;
        }
        if (type.isInstance(found)) {
            return type.cast(found);
        }
        throw new JMSException(name + " is not a " + type.getName());
    }

    @SuppressWarnings("BanJNDI") // names are the administrator's
    private static Object find(String name) throws NamingException {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            if (!name.startsWith(WILDFLYS)) {
                throw e;
            }
            return InitialContext.doLookup(name.substring(WILDFLYS.length()));
        }
    }
}
