package zipkin.ee.connector.pulsar;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import zipkin.ee.connector.BrokerAddresses;
import zipkin.ee.connector.Property;

/**
 * The checked properties of an activation. Uses no class of Pulsar's client.
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
        String url = spec.getServiceUrl();
        return new SubscriptionSettings(
                url.isEmpty()
                        ? ""
                        : Property.read("PULSAR_SERVICE_URL", url, BrokerAddresses.PULSAR, BrokerAddresses::pulsar),
                spec.getTopic(),
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
