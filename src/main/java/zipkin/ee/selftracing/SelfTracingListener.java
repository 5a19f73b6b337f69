package zipkin.ee.selftracing;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Starts self-tracing while the application is being deployed, where filters can still be added.
 */
@WebListener
public class SelfTracingListener implements ServletContextListener {
    @Inject
    SelfTracingSettings settings;

    @Inject
    SelfTracing tracing;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (settings.enabled()) {
            tracing.start(event.getServletContext());
        }
    }
}
