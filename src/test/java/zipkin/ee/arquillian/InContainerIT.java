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
import zipkin2.storage.StorageComponent;

/** Runs within the deployed WAR: CDI injects what the application produces. The first and the last test frame the other. */
@ExtendWith(FreePorts.class)
@ArquillianTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InContainerIT {
    private static final String DEPLOYMENT = "zipkin";
    private static final String CONTAINER = "standalone";

    @Inject
    private StorageComponent storage;

    @Deployment(name = DEPLOYMENT, managed = false)
    @TargetsContainer(CONTAINER)
    static WebArchive zipkin() {
        return WarContract.war().addClasses(FreePorts.class, ManagedWildFly.class);
    }

    @Test
    @Order(1)
    @RunAsClient
    void war_withTestsInIt_deploys(
            @ArquillianResource ContainerController containers, @ArquillianResource Deployer deployer) {
        containers.start(CONTAINER);
        deployer.deploy(DEPLOYMENT);
        assertTrue(containers.isStarted(CONTAINER));
    }

    @Test
    @Order(2)
    @OperateOnDeployment(DEPLOYMENT)
    void storage_injected_isMemoryAndHealthy() {
        assertEquals("InMemoryStorage{}", storage.toString());
        assertTrue(storage.check().ok());
    }

    @Test
    @Order(3)
    @RunAsClient
    void war_withTestsInIt_undeploys(
            @ArquillianResource ContainerController containers, @ArquillianResource Deployer deployer) {
        deployer.undeploy(DEPLOYMENT);
        containers.stop(CONTAINER);
    }
}
