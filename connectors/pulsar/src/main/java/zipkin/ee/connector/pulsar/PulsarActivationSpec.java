package zipkin.ee.connector.pulsar;

import jakarta.resource.spi.InvalidPropertyException;
import zipkin.ee.connector.InboundActivation;

/**
 * The activation properties of a message-driven bean for Pulsar.
 */
public final class PulsarActivationSpec extends InboundActivation {
    static final String ENABLED = "COLLECTOR_PULSAR_ENABLED";

    private String serviceUrl = "";
    private String topic = "zipkin";
    private String otlpTopic = "";
    private String subscriptionName = "zipkin";
    private String concurrency = "1";

    @Override
    public void validate() throws InvalidPropertyException {
        isSwitchedOff(ENABLED);
        SubscriptionSettings.ofEachTopic(this);
    }

    public String getServiceUrl() {
        return serviceUrl;
    }

    @Override
    public void setServiceUrl(String serviceUrl) {
        this.serviceUrl = given(serviceUrl, this.serviceUrl);
    }

    public String getTopic() {
        return topic;
    }

    public void setTopic(String topic) {
        this.topic = given(topic, this.topic);
    }

    public String getOtlpTopic() {
        return otlpTopic;
    }

    public void setOtlpTopic(String otlpTopic) {
        this.otlpTopic = given(otlpTopic, this.otlpTopic);
    }

    public String getSubscriptionName() {
        return subscriptionName;
    }

    @Override
    public void setSubscriptionName(String subscriptionName) {
        this.subscriptionName = given(subscriptionName, this.subscriptionName);
    }

    public String getConcurrency() {
        return concurrency;
    }

    @Override
    public void setConcurrency(String concurrency) {
        this.concurrency = given(concurrency, this.concurrency);
    }
}
