package zipkin.ee.transport.kinesis;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Starts reading when the application is deployed. */
@WebListener
public class KinesisListener implements ServletContextListener {
    @Inject
    KinesisTransport transport;

    @Inject
    KinesisIntake intake;

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
