package zipkin.ee.connector.pulsar;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import zipkin.ee.connector.Property;

/**
 * An activation's properties, checked. Knows nothing of Pulsar's classes.
 *
 * @param serviceUrl empty for a dormant activation
 * @param concurrency consumers
 * @param deadLetters whether malformed messages go to {@code <topic>-<subscription>-DLQ}
 * @param maxBackOff longest pause between tries
 */
record SubscriptionSettings(
        String serviceUrl,
        String topic,
        String subscription,
        int concurrency,
        boolean deadLetters,
        Duration maxBackOff) {
    private static final int MAX_CONCURRENCY = 1000;

    static SubscriptionSettings of(PulsarActivationSpec spec) throws InvalidPropertyException {
        String url = spec.getServiceUrl().trim();
        if (!url.isEmpty() && !url.matches("(pulsar|pulsar\\+ssl|https?)://[^\\s@]+")) {
            throw new InvalidPropertyException("PULSAR_SERVICE_URL: must be like pulsar://host:6650");
        }
        return new SubscriptionSettings(
                url,
                spec.getTopic().trim(),
                spec.getSubscriptionName().trim(),
                Property.number("PULSAR_CONCURRENCY", spec.getConcurrency(), 1, MAX_CONCURRENCY),
                Property.flag("PULSAR_DEAD_LETTERS", spec.getDeadLetters()),
                Property.duration("COLLECTOR_MAX_BACKOFF", spec.getMaxBackOff()));
    }

    /**
     * Where messages that can't be read go, by the name that Pulsar's own clients give such a
     * topic.
     */
    String deadLetterTopic() {
        return topic + "-" + subscription + "-DLQ";
    }

    /** Where messages come from, for an operator. */
    String place() {
        return "topic " + topic + " of " + serviceUrl + ", subscription " + subscription;
    }
}
