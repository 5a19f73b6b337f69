package zipkin.ee.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.http.HttpResponse;
import java.util.List;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import zipkin.ee.testing.DeploymentSpan;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Span;

/** What must hold wherever the WAR is deployed; a subclass names the container and the deployment. */
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
    private final ZipkinHttp zipkin;

    WarContract(String qualifier) {
        this.server = new ManagedWildFly(qualifier);
        this.zipkin = new ZipkinHttp(server.uri());
    }

    /** The WAR of this build. */
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("zipkin.war")));
    }

    final ManagedWildFly server() {
        return server;
    }

    final Deployer deployer() {
        return deployer;
    }

    @BeforeEach
    void start() {
        containers.start(server.qualifier());
    }

    @AfterEach
    void stop() {
        containers.stop(server.qualifier());
    }

    @Test
    void war_deployedUndeployedAndDeployedAgain_servesWithoutLoggedErrors() {
        deployer.deploy(DEPLOYMENT);
        assertServes();
        deployer.undeploy(DEPLOYMENT);
        assertThat(zipkin.get("/health").statusCode()).isEqualTo(404);
        deployer.deploy(DEPLOYMENT);
        assertServes();
        deployer.undeploy(DEPLOYMENT);

        assertThat(server.loggedErrors()).isEmpty();
    }

    private void assertServes() {
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
