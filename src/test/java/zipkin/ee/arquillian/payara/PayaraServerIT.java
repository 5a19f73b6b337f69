package zipkin.ee.arquillian.payara;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** An untouched Payara Server 6. */
@ExtendWith(StartedPayara.class)
class PayaraServerIT extends PayaraContract {
    @Deployment(testable = false)
    static WebArchive zipkin() {
        return war();
    }
}
