package zipkin.ee.transport.sqs;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Starts the pollers when the application is deployed. */
@WebListener
public class SqsListener implements ServletContextListener {
    @Inject
    SqsTransport transport;

    @Inject
    SqsIntake intake;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (transport.enabled()) {
            intake.start();
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        intake.stop();
    }
}
