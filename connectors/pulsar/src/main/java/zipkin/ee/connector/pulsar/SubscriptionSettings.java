package zipkin.ee.connector.pulsar;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import java.util.List;
import zipkin.ee.connector.BrokerAddresses;
import zipkin.ee.connector.Property;

/**
 * The checked properties of an activation, for one of its topics. Uses no class of Pulsar's client.
 *
 * @param serviceUrl empty for a dormant activation
 * @param otlp whether the topic holds OTLP
 * @param concurrency consumers
 * @param deadLetters whether malformed messages go to {@code <topic>-<subscription>-DLQ}
 * @param maxBackOff longest pause between tries
 */
record SubscriptionSettings(
        String serviceUrl,
        String topic,
        boolean otlp,
        String subscription,
        int concurrency,
        boolean deadLetters,
        Duration maxBackOff) {
    private static final int MAX_CONCURRENCY = 1000;

    /** One for each topic: the usual one, and that of OTLP where it is set. */
    static List<SubscriptionSettings> ofEachTopic(PulsarActivationSpec spec) throws InvalidPropertyException {
        SubscriptionSettings usual = of(spec);
        return spec.getOtlpTopic().isEmpty() ? List.of(usual) : List.of(usual, of(spec, spec.getOtlpTopic(), true));
    }

    static SubscriptionSettings of(PulsarActivationSpec spec) throws InvalidPropertyException {
        return of(spec, spec.getTopic(), false);
    }

    private static SubscriptionSettings of(PulsarActivationSpec spec, String topic, boolean otlp)
            throws InvalidPropertyException {
        String url = spec.getServiceUrl();
        return new SubscriptionSettings(
                url.isEmpty()
                        ? ""
                        : Property.read("PULSAR_SERVICE_URL", url, BrokerAddresses.PULSAR, BrokerAddresses::pulsar),
                topic,
                otlp,
                spec.getSubscriptionName(),
                Property.number("PULSAR_CONCURRENCY", spec.getConcurrency(), 1, MAX_CONCURRENCY),
                Property.flag("PULSAR_DEAD_LETTERS", spec.getDeadLetters()),
                Property.duration("COLLECTOR_MAX_BACKOFF", spec.getMaxBackOff()));
    }

    /** The topic for dead letters, named as Pulsar's own clients name it. */
    String deadLetterTopic() {
        return topic + "-" + subscription + "-DLQ";
    }

    /** Where messages come from, for an operator. */
    String place() {
        return "topic " + topic + " of " + serviceUrl + ", subscription " + subscription;
    }
}
