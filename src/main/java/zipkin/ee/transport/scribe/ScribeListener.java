package zipkin.ee.transport.scribe;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Opens Scribe's port while the application is being deployed, so that a port in use stops the
 * deployment with its message.
 */
@WebListener
public class ScribeListener implements ServletContextListener {
    @Inject
    ScribeSettings settings;

    @Inject
    ScribeServer server;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (settings.enabled()) {
            server.start();
        }
    }
}
