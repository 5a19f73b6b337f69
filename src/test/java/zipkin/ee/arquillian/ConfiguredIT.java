package zipkin.ee.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/**
 * WildFly with connectors and data sources: the WAR's message-driven beans start with it, each on
 * its adapter.
 */
@Tag("matrix")
class ConfiguredIT extends WarContract {
    ConfiguredIT() {
        super("configured");
    }

    @Deployment(name = DEPLOYMENT, managed = false, testable = false)
    @TargetsContainer("configured")
    static WebArchive zipkin() {
        return war();
    }

    @AfterEach
    void beans_haveStartedWithTheWar_onTheirAdapters() {
        assertThat(server().startedBeans())
                .anyMatch(line -> line.contains("'Kafka'") && line.contains("'zipkin-kafka.rar'"))
                .anyMatch(line -> line.contains("'RabbitMq'") && line.contains("'zipkin-rabbitmq.rar'"));
    }
}
