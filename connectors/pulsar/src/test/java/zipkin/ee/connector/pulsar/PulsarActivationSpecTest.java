package zipkin.ee.connector.pulsar;

import jakarta.resource.spi.InvalidPropertyException;
import org.junit.jupiter.api.Test;
import zipkin.ee.connector.ActivationSpellings;

class PulsarActivationSpecTest {
    @Test
    void property_inEverySpelling_isReadAsInTheWar() {
        ActivationSpellings.assertRead("pulsar", PulsarActivationSpec::new, PulsarActivationSpecTest::value);
    }

    private static Object value(PulsarActivationSpec spec, String property) throws InvalidPropertyException {
        SubscriptionSettings settings = SubscriptionSettings.of(spec);
        return switch (property) {
            case "active" -> !spec.isSwitchedOff(PulsarActivationSpec.ENABLED);
            case "concurrency" -> settings.concurrency();
            case "deadLetters" -> settings.deadLetters();
            case "maxBackOff" -> settings.maxBackOff();
            default -> throw new AssertionError(property);
        };
    }
}
