package zipkin.ee.connector.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.SafeLogger;
import zipkin.ee.connector.SenderMBean;

/**
 * Sends for STORAGE_TYPE=kafka-forwarder. Has no class of Kafka's until it is used. Thread safe.
 */
final class KafkaSender implements SenderMBean, AutoCloseable {
    private static final Logger LOGGER = SafeLogger.of(KafkaSender.class.getName());
    private static final String NAME = "zipkin.ee:type=Sender,name=kafka";

    private boolean registered;
    private @Nullable KafkaOutlet outlet;

    /** Shows it in JMX; where another one is there already, this one stays unseen. */
    synchronized void register() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean(this, SenderMBean.class), new ObjectName(NAME));
            registered = true;
        } catch (JMException e) {
            LOGGER.log(Level.WARNING, "Nothing can be sent to Kafka by this connector", e);
        }
    }

    @Override
    public void send(String address, String topic, byte[][] messages) {
        outlet(address).send(topic, messages);
    }

    private synchronized KafkaOutlet outlet(String address) {
        KafkaOutlet current = outlet;
        if (current == null || !current.address().equals(address)) {
            if (current != null) {
                current.close();
            }
            current = KafkaOutlet.open(address);
            outlet = current;
        }
        return current;
    }

    @Override
    public synchronized void close() {
        if (registered) {
            registered = false;
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
            } catch (JMException e) {
                LOGGER.log(Level.DEBUG, "It was taken out of JMX by somebody else", e);
            }
        }
        if (outlet != null) {
            outlet.close();
            outlet = null;
        }
    }
}
