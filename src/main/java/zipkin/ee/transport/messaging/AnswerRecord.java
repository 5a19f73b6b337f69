package zipkin.ee.transport.messaging;

import jakarta.resource.cci.IndexedRecord;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Answers on their way to an adapter, in the platform's type, which is what application and adapter both know. */
@SuppressWarnings({"rawtypes", "unchecked"}) // the platform's interface extends the raw List
final class AnswerRecord extends ArrayList implements IndexedRecord {
    private String name = "answers";
    private String description = "";

    AnswerRecord(int capacity) {
        super(capacity);
    }

    @SuppressWarnings("NullAway") // null says stored
    void answer(@Nullable Object answer) {
        add(answer);
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
    public AnswerRecord clone() {
        return (AnswerRecord) super.clone();
    }
}
