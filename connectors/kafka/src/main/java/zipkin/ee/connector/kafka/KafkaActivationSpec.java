package zipkin.ee.connector.kafka;

import jakarta.resource.spi.InvalidPropertyException;
import zipkin.ee.connector.InboundActivation;

/**
 * What a message-driven bean says of its messages; all properties are text, as the administrator
 * wrote it.
 */
public final class KafkaActivationSpec extends InboundActivation {
    private String bootstrapServers = "";
    private String topic = "zipkin";
    private String groupId = "zipkin";
    private String streams = "1";

    @Override
    public void validate() throws InvalidPropertyException {
        ConsumerSettings.of(this);
    }

    public String getBootstrapServers() {
        return bootstrapServers;
    }

    public void setBootstrapServers(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    public String getTopic() {
        return topic;
    }

    public void setTopic(String topic) {
        this.topic = topic;
    }

    public String getGroupId() {
        return groupId;
    }

    public void setGroupId(String groupId) {
        this.groupId = groupId;
    }

    public String getStreams() {
        return streams;
    }

    public void setStreams(String streams) {
        this.streams = streams;
    }
}
