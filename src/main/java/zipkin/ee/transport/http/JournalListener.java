package zipkin.ee.transport.http;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import zipkin.ee.collect.Journal;
import zipkin.ee.config.HttpIntakeSettings;

/**
 * Opens the journal while the application is being deployed, so that a server without one stops the
 * deployment with its message.
 */
@WebListener
public class JournalListener implements ServletContextListener {
    @Inject
    HttpIntakeSettings settings;

    @Inject
    Journal journal;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (settings.enabled() && settings.journal()) {
            journal.open();
        }
    }
}
