package zipkin.ee.testing.broker;

import java.io.File;
import org.apache.activemq.broker.BrokerService;

/** An ActiveMQ Classic as it is without settings; it keeps its messages in KahaDB. */
final class ActiveMqMain {
    private ActiveMqMain() {}

    public static void main(String[] arguments) throws Exception {
        BrokerService broker = new BrokerService();
        broker.setBrokerName("test");
        broker.setUseJmx(false);
        broker.setPersistent(true);
        broker.setDataDirectoryFile(new File(arguments[1]));
        broker.addConnector("tcp://127.0.0.1:" + arguments[0]);
        broker.start();
        broker.waitUntilStopped();
    }
}
