package zipkin.ee.arquillian;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;

/** WildFly with standalone-full.xml. */
@Tag("matrix")
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
