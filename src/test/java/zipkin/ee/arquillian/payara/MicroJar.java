package zipkin.ee.arquillian.payara;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import zipkin.ee.testing.TestServers;

/**
 * Says where Payara Micro is. Registered ahead of Arquillian's extension, whose adapter starts it.
 */
final class MicroJar implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        System.setProperty(
                "zipkin.arquillian.payara.micro",
                TestServers.file("payara-micro").toString());
    }
}
