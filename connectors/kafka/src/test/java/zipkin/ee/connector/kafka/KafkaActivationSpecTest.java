package zipkin.ee.connector.kafka;

import jakarta.resource.spi.InvalidPropertyException;
import org.junit.jupiter.api.Test;
import zipkin.ee.connector.ActivationSpellings;

class KafkaActivationSpecTest {
    @Test
    void property_inEverySpelling_isReadAsInTheWar() {
        ActivationSpellings.assertRead("kafka", KafkaActivationSpec::new, KafkaActivationSpecTest::value);
    }

    private static Object value(KafkaActivationSpec spec, String property) throws InvalidPropertyException {
        ConsumerSettings settings = ConsumerSettings.of(spec);
        return switch (property) {
            case "active" -> !spec.isSwitchedOff(KafkaActivationSpec.ENABLED);
            case "streams" -> settings.streams();
            case "deadLetters" -> settings.deadLetters();
            case "maxBackOff" -> settings.maxBackOff();
            default -> throw new AssertionError(property);
        };
    }
}
