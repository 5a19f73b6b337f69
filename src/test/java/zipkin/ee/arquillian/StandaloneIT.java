package zipkin.ee.arquillian;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** WildFly with standalone.xml. */
class StandaloneIT extends WarContract {
    StandaloneIT() {
        super("standalone");
    }

    @Deployment(name = DEPLOYMENT, managed = false, testable = false)
    @TargetsContainer("standalone")
    static WebArchive zipkin() {
        return war();
    }
}
