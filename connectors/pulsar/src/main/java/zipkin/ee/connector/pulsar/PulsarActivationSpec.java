package zipkin.ee.connector.pulsar;

import jakarta.resource.spi.InvalidPropertyException;
import zipkin.ee.connector.InboundActivation;

/**
 * What a message-driven bean says of its messages; all properties are text, as the administrator
 * wrote it.
 */
public final class PulsarActivationSpec extends InboundActivation {
    private String serviceUrl = "";
    private String topic = "zipkin";
    private String subscriptionName = "zipkin";
    private String concurrency = "1";

    @Override
    public void validate() throws InvalidPropertyException {
        SubscriptionSettings.of(this);
    }

    public String getServiceUrl() {
        return serviceUrl;
    }

    @Override
    public void setServiceUrl(String serviceUrl) {
        this.serviceUrl = serviceUrl;
    }

    public String getTopic() {
        return topic;
    }

    public void setTopic(String topic) {
        this.topic = topic;
    }

    public String getSubscriptionName() {
        return subscriptionName;
    }

    @Override
    public void setSubscriptionName(String subscriptionName) {
        this.subscriptionName = subscriptionName;
    }

    public String getConcurrency() {
        return concurrency;
    }

    @Override
    public void setConcurrency(String concurrency) {
        this.concurrency = concurrency;
    }
}
