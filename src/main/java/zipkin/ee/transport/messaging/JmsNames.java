package zipkin.ee.transport.messaging;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import zipkin.ee.cdi.SingleInstance;

/** JMS objects in the application server's directory. Names come from the code and the administrator's settings only. */
@SingleInstance
class JmsNames {
    ConnectionFactory connectionFactory(String name) throws JMSException {
        return lookUp(ConnectionFactory.class, name);
    }

    Queue queue(String name) throws JMSException {
        return lookUp(Queue.class, name);
    }

    @SuppressWarnings("BanJNDI") // names are the administrator's
    private static <T> T lookUp(Class<T> type, String name) throws JMSException {
        try {
            Object found = InitialContext.doLookup(name);
            if (type.isInstance(found)) {
                return type.cast(found);
            }
            throw new JMSException(name + " is not a " + type.getName());
        } catch (NamingException e) {
            JMSException missing = new JMSException("The application server has no " + name);
            missing.initCause(e);
            throw missing;
        }
    }
}
