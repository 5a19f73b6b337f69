package zipkin.ee.transport.polled;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Polls while the application is deployed. */
@WebListener
public class PolledIntakes implements ServletContextListener {
    @Inject
    @Any
    Instance<PolledIntake> intakes;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        intakes.stream().filter(PolledIntake::enabled).forEach(PolledIntake::start);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        intakes.stream().filter(PolledIntake::enabled).forEach(PolledIntake::stop);
    }
}
