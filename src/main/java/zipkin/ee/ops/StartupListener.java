package zipkin.ee.ops;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import zipkin2.storage.StorageComponent;

/** Opens the storage during deployment, so that a wrong setting makes the deployment fail. */
@WebListener
public class StartupListener implements ServletContextListener {
    @Inject
    StorageComponent storage;

    @Inject
    HealthChecks health;

    @Inject
    StartupScreen screen;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        health.start();
        screen.logWhenUp();
    }
}
