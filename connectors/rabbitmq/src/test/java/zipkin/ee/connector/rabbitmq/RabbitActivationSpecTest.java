package zipkin.ee.connector.rabbitmq;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import zipkin.ee.connector.ActivationSpellings;

class RabbitActivationSpecTest {
    @Test
    void property_inEverySpelling_isReadAsInTheWar() {
        ActivationSpellings.assertRead(
                "rabbitmq", RabbitActivationSpecTest::withABroker, RabbitActivationSpecTest::value);
    }

    private static RabbitActivationSpec withABroker() {
        RabbitActivationSpec spec = new RabbitActivationSpec();
        spec.setAddresses("rabbit");
        return spec;
    }

    private static Object value(RabbitActivationSpec spec, String property) throws InvalidPropertyException {
        RabbitConfig config = RabbitConfig.of(spec);
        return switch (property) {
            case "active" -> !spec.isSwitchedOff(RabbitActivationSpec.ENABLED);
            case "concurrency" -> config.concurrency();
            case "prefetch" -> config.prefetch();
            case "useSsl" -> config.tls();
            case "connectionTimeout" -> Duration.ofMillis(config.connectionTimeoutMillis());
            case "deadLetters" -> config.deadLetters();
            case "maxBackOff" -> config.maxBackOff();
            default -> throw new AssertionError(property);
        };
    }
}
