package zipkin.ee.arquillian.payara;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** An untouched Payara Server 6. */
@ExtendWith(StartedPayara.class)
@ArquillianTest
class PayaraServerIT extends PayaraContract {
    @Deployment(testable = false)
    static WebArchive zipkin() {
        return war();
    }

    /** The adapter may return the address of a listener for TLS. */
    @Override
    URI root(URI deployed) {
        return StartedPayara.uri().resolve(deployed.getPath());
    }
}
