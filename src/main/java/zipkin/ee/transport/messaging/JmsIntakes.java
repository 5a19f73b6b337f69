package zipkin.ee.transport.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.Encoding;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.transport.otlp.OtlpDeliveries;

/**
 * Makes what the beans for JMS do with their messages: one intake for each queue, whose logs bound
 * their lines. Thread safe.
 */
@SingleInstance
class JmsIntakes {
    private final Collector collector;
    private final MessageIntake messages;
    private final CollectorCounters counters;
    private final OtlpDeliveries deliveries;
    private final JmsNames names;
    private final JmsPauses pauses;
    private final Map<QueueState, JmsIntake> intakes = new ConcurrentHashMap<>();

    @Inject
    JmsIntakes(
            Collector collector,
            MessageIntake messages,
            CollectorCounters counters,
            OtlpDeliveries deliveries,
            JmsNames names,
            CollectorSettings settings) {
        this.collector = collector;
        this.messages = messages;
        this.counters = counters;
        this.deliveries = deliveries;
        this.names = names;
        this.pauses = new JmsPauses(settings.maxBackOff());
    }

    /**
     * The server stops the beans only when no message is in flight, and the web application at
     * once.
     */
    void endPauses(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        pauses.end();
    }

    /**
     * For messages of senders.
     *
     * @param label of the transport
     * @param factory name of the broker's connection factory
     * @param queue of the senders
     * @param state the queue's own, by which its intake is found again
     */
    JmsIntake ofSenders(String label, String factory, DeadLetters.Source queue, QueueState state) {
        TransportCounters own = counters.of(label);
        return ofSenders(bytes -> deliveries.detected(bytes, own), own, factory, queue, state);
    }

    /** The same for messages of OTLP. */
    JmsIntake ofOtlpSenders(String label, String factory, DeadLetters.Source queue, QueueState state) {
        TransportCounters own = counters.of(label);
        return ofSenders(bytes -> deliveries.otlp(bytes, own), own, factory, queue, state);
    }

    private JmsIntake ofSenders(
            Function<byte[], Delivery> delivery,
            TransportCounters own,
            String factory,
            DeadLetters.Source queue,
            QueueState state) {
        return intake(
                (bytes, message) -> messages.take(delivery.apply(bytes)),
                own,
                factory,
                queue,
                source -> source + ".dlq",
                state);
    }

    /** For messages of the journal, whose transport has counted them. */
    JmsIntake ofJournal(String factory, QueueState state) {
        TransportCounters unpublished = new TransportCounters("the journal", true);
        return intake(
                (bytes, message) -> {
                    String encoding = message.getStringProperty(JmsJournal.ENCODING);
                    boolean debug = message.getBooleanProperty(JmsJournal.DEBUG);
                    return messages.take(
                            encoding == null
                                    ? Delivery.detected(bytes, unpublished)
                                    : Delivery.encoded(bytes, Encoding.valueOf(encoding), unpublished)
                                            .fromJournal(debug));
                },
                unpublished,
                factory,
                () -> names.queue(JmsJournal.QUEUE).getQueueName(),
                source -> JmsJournal.DEAD_LETTERS,
                state);
    }

    private JmsIntake intake(
            JmsIntake.Store store,
            TransportCounters own,
            String factory,
            DeadLetters.Source queue,
            UnaryOperator<String> deadLetters,
            QueueState state) {
        return intakes.computeIfAbsent(
                state,
                any -> new JmsIntake(
                        store,
                        collector::refusal,
                        own,
                        new DeadLetters(names, factory, queue, deadLetters, Clock.systemUTC()),
                        pauses,
                        state));
    }
}
