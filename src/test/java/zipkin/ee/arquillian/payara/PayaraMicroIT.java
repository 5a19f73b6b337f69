package zipkin.ee.arquillian.payara;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** An unmodified Payara Micro. */
@ExtendWith(MicroJar.class)
@ArquillianTest
class PayaraMicroIT extends PayaraContract {
    @Deployment(testable = false)
    static WebArchive zipkin() {
        return war();
    }
}
