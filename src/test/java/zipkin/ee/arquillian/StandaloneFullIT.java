package zipkin.ee.arquillian;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** WildFly with standalone-full.xml. */
class StandaloneFullIT extends WarContract {
    StandaloneFullIT() {
        super("standalone-full");
    }

    @Deployment(name = DEPLOYMENT, managed = false, testable = false)
    @TargetsContainer("standalone-full")
    static WebArchive zipkin() {
        return war();
    }
}
