package zipkin.ee.testing.broker;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An Artemis that keeps its messages, with the address settings that docs/operating/jms.md asks
 * for.
 */
final class ArtemisMain {
    /** Held, or its level would be forgotten. */
    private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit");

    private ArtemisMain() {}

    public static void main(String[] arguments) throws Exception {
        AUDIT.setLevel(Level.OFF); // several lines a message
        String data = arguments[1];
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(data + "/journal")
                .setBindingsDirectory(data + "/bindings")
                .setLargeMessagesDirectory(data + "/large")
                .setPagingDirectory(data + "/paging")
                .addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + arguments[0] + "?protocols=CORE&useEpoll=false")
                .addAddressSetting("zipkin", redelivered())
                .addAddressSetting("zipkin.dlq", kept())
                .addAddressSetting("zipkin-otlp", redelivered())
                .addAddressSetting("zipkin-otlp.dlq", kept());
        new EmbeddedActiveMQ().setConfiguration(configuration).start();
    }

    private static AddressSettings redelivered() {
        return kept().setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(1000)
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(30_000);
    }

    private static AddressSettings kept() {
        return new AddressSettings().setAutoDeleteQueues(false).setAutoDeleteAddresses(false);
    }
}
