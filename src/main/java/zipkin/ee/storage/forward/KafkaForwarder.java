package zipkin.ee.storage.forward;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * Sends lists of spans to a topic by the connector for Kafka. The application shares no class with
 * the connector, so it calls an MBean.
 */
final class KafkaForwarder extends Forwarder {
    private static final String SENDER = "zipkin.ee:type=Sender,name=kafka";
    private static final String[] SIGNATURE = {String.class.getName(), String.class.getName(), byte[][].class.getName()
    };

    private final KafkaForwarderSettings settings;
    private final SpanBytesEncoder encoder;

    KafkaForwarder(KafkaForwarderSettings settings) {
        super("kafka-forwarder");
        this.settings = settings;
        this.encoder = settings.proto3() ? SpanBytesEncoder.PROTO3 : SpanBytesEncoder.JSON_V2;
    }

    @Override
    void send(List<Span> spans) {
        List<byte[]> messages = new ArrayList<>();
        encode(spans, messages);
        Object[] arguments = {settings.bootstrapServers(), settings.topic(), messages.toArray(new byte[0][])};
        try {
            ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName(SENDER), "send", arguments, SIGNATURE);
        } catch (InstanceNotFoundException e) {
            throw new StorageUnavailableException(
                    "The connector for Kafka is not installed (docs/operating/messaging.md)", e);
        } catch (RuntimeMBeanException e) {
            throw refused(e.getTargetException());
        } catch (JMException e) {
            throw new StorageUnavailableException("The connector for Kafka cannot be called: " + e.getMessage(), e);
        }
    }

    private RuntimeException refused(RuntimeException failure) {
        String reason = "Kafka at " + settings.bootstrapServers() + " does not take spans for the topic "
                + settings.topic() + ": " + failure.getMessage();
        return failure instanceof IllegalArgumentException
                ? new MalformedSpansException(reason)
                : new StorageUnavailableException(reason, failure);
    }

    /** Halves lists until they fit; a span that is too large is a message of its own. */
    private void encode(List<Span> spans, List<byte[]> messages) {
        byte[] message = encoder.encodeList(spans);
        if (message.length <= settings.maxMessageBytes() || spans.size() == 1) {
            messages.add(message);
        } else {
            encode(spans.subList(0, spans.size() / 2), messages);
            encode(spans.subList(spans.size() / 2, spans.size()), messages);
        }
    }

    @Override
    public String toString() {
        return "KafkaForwarder{bootstrapServers=" + settings.bootstrapServers() + ", topic=" + settings.topic() + "}";
    }
}
