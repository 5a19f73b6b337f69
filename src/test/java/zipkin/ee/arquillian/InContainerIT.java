package zipkin.ee.arquillian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.inject.Inject;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import zipkin.ee.testing.ServerStarts;
import zipkin2.storage.StorageComponent;

/**
 * An untouched WildFly with standalone.xml: the WAR is deployed twice, then once more with this
 * class in it, whose third test runs within: CDI injects what the application produces.
 */
@ExtendWith(FreePorts.class)
@ArquillianTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InContainerIT {
    private static final String DEPLOYMENT = "zipkin";
    private static final String WITH_TESTS = "zipkin-with-tests";
    private static final String CONTAINER = "standalone";

    @Inject
    private StorageComponent storage;

    @Deployment(name = DEPLOYMENT, managed = false, testable = false)
    @TargetsContainer(CONTAINER)
    static WebArchive zipkin() {
        return WarContract.war();
    }

    @Deployment(name = WITH_TESTS, managed = false)
    @TargetsContainer(CONTAINER)
    static WebArchive withTests() {
        return WarContract.war(WITH_TESTS + ".war").addClasses(FreePorts.class, ManagedWildFly.class);
    }

    @Test
    @Order(1)
    @RunAsClient
    void war_deployedUndeployedAndDeployedAgain_servesWithoutLoggedErrors(
            @ArquillianResource ContainerController containers, @ArquillianResource Deployer deployer) {
        ServerStarts.add(CONTAINER);
        containers.start(CONTAINER);
        WarContract.assertServesTwice(deployer, DEPLOYMENT, new ManagedWildFly(CONTAINER));
    }

    @Test
    @Order(2)
    @RunAsClient
    void war_withTestsInIt_deploys(
            @ArquillianResource ContainerController containers, @ArquillianResource Deployer deployer) {
        deployer.deploy(WITH_TESTS);
        assertTrue(containers.isStarted(CONTAINER));
    }

    @Test
    @Order(3)
    @OperateOnDeployment(WITH_TESTS)
    void storage_injected_isMemoryAndHealthy() {
        assertEquals("InMemoryStorage{}", storage.toString());
        assertTrue(storage.check().ok());
    }

    @Test
    @Order(4)
    @RunAsClient
    void war_withTestsInIt_undeploys(
            @ArquillianResource ContainerController containers, @ArquillianResource Deployer deployer) {
        deployer.undeploy(WITH_TESTS);
        containers.stop(CONTAINER);
    }
}
