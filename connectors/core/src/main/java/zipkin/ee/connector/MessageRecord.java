package zipkin.ee.connector;

import jakarta.resource.cci.IndexedRecord;
import java.util.ArrayList;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to the application, as byte arrays; the platform's type is what adapter and
 * application both know.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // the platform's interface extends the raw List
final class MessageRecord extends ArrayList implements IndexedRecord {
    private String name = "messages";
    private String description = "";

    MessageRecord(Collection<byte[]> messages) {
        super(messages);
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
