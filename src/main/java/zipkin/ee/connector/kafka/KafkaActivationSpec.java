package zipkin.ee.connector.kafka;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import org.jspecify.annotations.Nullable;

/** What a message-driven bean says of its messages; all properties are text, as the administrator wrote it. */
public final class KafkaActivationSpec implements ActivationSpec {
    private @Nullable ResourceAdapter adapter;
    private String bootstrapServers = "";
    private String topic = "zipkin";
    private String groupId = "zipkin";
    private String streams = "1";
    private String deadLetters = "true";
    private String maxBackOff = "30s";

    @Override
    public void validate() throws InvalidPropertyException {
        ConsumerSettings.of(this);
    }

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) {
        this.adapter = adapter;
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

    public String getDeadLetters() {
        return deadLetters;
    }

    public void setDeadLetters(String deadLetters) {
        this.deadLetters = deadLetters;
    }

    public String getMaxBackOff() {
        return maxBackOff;
    }

    public void setMaxBackOff(String maxBackOff) {
        this.maxBackOff = maxBackOff;
    }
}
