package zipkin.ee.connector;

import jakarta.resource.cci.IndexedRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to the application, as byte arrays; the platform's type is what adapter and
 * application both know. A message of OTLP is alone in a further record, named {@code otlp}.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // the platform's interface extends the raw List
final class MessageRecord extends ArrayList implements IndexedRecord {
    private static final String OTLP = "otlp";

    private String name;
    private String description = "";

    private MessageRecord(String name, int capacity) {
        super(capacity);
        this.name = name;
    }

    static MessageRecord of(List<Payload> messages) {
        MessageRecord record = new MessageRecord("messages", messages.size());
        for (Payload message : messages) {
            record.add(message.otlp() ? ofOtlp(message.bytes()) : message.bytes());
        }
        return record;
    }

    private static MessageRecord ofOtlp(byte[] message) {
        MessageRecord record = new MessageRecord(OTLP, 1);
        record.add(message);
        return record;
    }

    @Override
    public String getRecordName() {
        return name;
    }

    @Override
    public void setRecordName(String name) {
        this.name = name;
    }

    @Override
    public void setRecordShortDescription(String description) {
        this.description = description;
    }

    @Override
    public String getRecordShortDescription() {
        return description;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public MessageRecord clone() {
        return (MessageRecord) super.clone();
    }
}
