package zipkin.ee.arquillian.payara;

import java.net.http.HttpClient;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** An unmodified Payara Micro. */
@ExtendWith(MicroJar.class)
@ArquillianTest
class PayaraMicroIT extends PayaraContract {
    /**
     * HTTP/2 is on here, where Grizzly may leave a client without an answer whose first request
     * offers an upgrade; docs/operating/payara.md says how to switch it off.
     */
    @Override
    HttpClient.Version version() {
        return HttpClient.Version.HTTP_1_1;
    }

    @Deployment(testable = false)
    static WebArchive zipkin() {
        return war();
    }
}
