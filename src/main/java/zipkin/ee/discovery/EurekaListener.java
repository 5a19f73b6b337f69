package zipkin.ee.discovery;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Registers when the application is deployed, and deregisters when it is undeployed. */
@WebListener
public class EurekaListener implements ServletContextListener {
    @Inject
    EurekaRegistration registration;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        registration.start();
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        registration.stop();
    }
}
