package zipkin.ee.transport.messaging;

import jakarta.resource.ResourceException;
import jakarta.resource.cci.IndexedRecord;
import jakarta.resource.cci.Record;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.transport.otlp.OtlpDeliveries;

/**
 * Answers on their way to an adapter, in the platform's type, which is what application and adapter
 * both know.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // the platform's interface extends the raw List
final class AnswerRecord extends ArrayList implements IndexedRecord {
    private static final String OTLP = "otlp";

    private String name = "answers";
    private String description = "";

    AnswerRecord(int capacity) {
        super(capacity);
    }

    /**
     * Takes what an adapter delivers in one call, and waits for the storage.
     *
     * @param input an {@link IndexedRecord} of byte arrays; one of a topic or queue that holds OTLP
     *     is alone in a further {@link IndexedRecord}, named {@code otlp}
     * @return an element for each message, in order: null when it is stored, a String with the
     *     reason when it is malformed, a ResourceException when it should come again
     */
    static Record take(Record input, MessageIntake intake, OtlpDeliveries deliveries, TransportCounters counters)
            throws ResourceException {
        if (!(input instanceof IndexedRecord) || !(input instanceof List<?> elements)) {
            throw new ResourceException("Expected a list of messages, but received: " + input.getClass());
        }
        List<Delivery> messages = new ArrayList<>(elements.size());
        for (Object element : elements) {
            messages.add(delivery(element, deliveries, counters));
        }
        AnswerRecord answers = new AnswerRecord(messages.size());
        intake.takeAll(messages).forEach(answers::answer);
        return answers;
    }

    private static Delivery delivery(Object element, OtlpDeliveries deliveries, TransportCounters counters)
            throws ResourceException {
        if (element instanceof byte[] message) {
            return deliveries.detected(message, counters);
        }
        if (element instanceof IndexedRecord marked
                && OTLP.equals(marked.getRecordName())
                && marked.size() == 1
                && marked.get(0) instanceof byte[] message) {
            return deliveries.otlp(message, counters);
        }
        throw new ResourceException("Unexpected message type: " + element.getClass());
    }

    @SuppressWarnings("NullAway") // null says stored
    private void answer(Outcome outcome) {
        if (outcome instanceof Outcome.Malformed malformed) {
            add(malformed.reason());
        } else if (outcome instanceof Outcome.TryLater later) {
            add(new ResourceException(later.reason()));
        } else {
            add(null);
        }
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
