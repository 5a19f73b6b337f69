package zipkin.ee.connector.kafka;

import jakarta.resource.spi.InvalidPropertyException;
import zipkin.ee.connector.InboundActivation;

/**
 * The activation properties of a message-driven bean for Kafka.
 */
public final class KafkaActivationSpec extends InboundActivation {
    static final String ENABLED = "COLLECTOR_KAFKA_ENABLED";

    private String bootstrapServers = "";
    private String topic = "zipkin";
    private String otlpTopic = "";
    private String groupId = "zipkin";
    private String streams = "1";

    @Override
    public void validate() throws InvalidPropertyException {
        isSwitchedOff(ENABLED);
        ConsumerSettings.of(this);
    }

    public String getBootstrapServers() {
        return bootstrapServers;
    }

    public void setBootstrapServers(String bootstrapServers) {
        this.bootstrapServers = given(bootstrapServers, this.bootstrapServers);
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

    public String getGroupId() {
        return groupId;
    }

    public void setGroupId(String groupId) {
        this.groupId = given(groupId, this.groupId);
    }

    public String getStreams() {
        return streams;
    }

    public void setStreams(String streams) {
        this.streams = given(streams, this.streams);
    }
}
