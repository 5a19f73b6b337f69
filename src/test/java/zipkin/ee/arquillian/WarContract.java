package zipkin.ee.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import zipkin.ee.testing.DeploymentSpan;
import zipkin.ee.testing.ServerStarts;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Span;

/**
 * What must hold wherever the WAR is deployed; a subclass names the container and the deployment.
 */
@ExtendWith(FreePorts.class)
@ArquillianTest
@RunAsClient
abstract class WarContract {
    static final String DEPLOYMENT = "zipkin";

    @ArquillianResource
    private ContainerController containers;

    @ArquillianResource
    private Deployer deployer;

    private final ManagedWildFly server;

    WarContract(String qualifier) {
        this.server = new ManagedWildFly(qualifier);
    }

    /** The WAR of this build. */
    static WebArchive war() {
        return war("zipkin.war");
    }

    /** The same by another name. */
    static WebArchive war(String name) {
        return ShrinkWrap.create(ZipImporter.class, name)
                .importFrom(ZipkinEeServer.war().toFile())
                .as(WebArchive.class);
    }

    final ManagedWildFly server() {
        return server;
    }

    @BeforeEach
    void start() {
        ServerStarts.add(server.qualifier());
        containers.start(server.qualifier());
    }

    @AfterEach
    void stop() {
        containers.stop(server.qualifier());
    }

    @Test
    void war_deployedUndeployedAndDeployedAgain_servesWithoutLoggedErrors() {
        assertServesTwice(deployer, DEPLOYMENT, server);
    }

    /** Deploys twice; each time Zipkin serves, and is gone afterwards. */
    static void assertServesTwice(Deployer deployer, String deployment, ManagedWildFly server) {
        ZipkinHttp zipkin = new ZipkinHttp(server.uri());
        deployer.deploy(deployment);
        assertServes(zipkin);
        deployer.undeploy(deployment);
        assertThat(zipkin.get("/health").statusCode()).isEqualTo(404);
        deployer.deploy(deployment);
        assertServes(zipkin);
        deployer.undeploy(deployment);

        assertThat(server.loggedErrors()).isEmpty();
    }

    private static void assertServes(ZipkinHttp zipkin) {
        Span span = DeploymentSpan.of("arquillian");
        HttpResponse<String> health = zipkin.get("/health");
        assertThat(health.body()).contains("\"status\" : \"UP\"").doesNotContain("DOWN");
        assertThat(health.statusCode()).isEqualTo(200);

        zipkin.report(List.of(span));

        assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span);
        assertThat(zipkin.get("/api/v2/services").body()).isEqualTo("[\"arquillian\"]");
        assertThat(zipkin.get("/zipkin/").statusCode()).isEqualTo(200);
    }
}
