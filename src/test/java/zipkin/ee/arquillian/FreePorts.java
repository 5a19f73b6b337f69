package zipkin.ee.arquillian;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Registered ahead of Arquillian's extension, which reads arquillian.xml when the first test class
 * starts.
 */
final class FreePorts implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        boolean inContainer = System.getProperty("jboss.server.base.dir") != null;
        if (!inContainer) {
            ManagedWildFly.setProperties();
        }
    }
}
