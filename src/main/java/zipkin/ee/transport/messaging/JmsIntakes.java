package zipkin.ee.transport.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.function.UnaryOperator;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.Encoding;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.config.CollectorSettings;

/** Makes what the beans for JMS do with their messages. */
@SingleInstance
class JmsIntakes {
    private final Collector collector;
    private final MessageIntake messages;
    private final CollectorCounters counters;
    private final JmsNames names;
    private final JmsPauses pauses;

    @Inject
    JmsIntakes(
            Collector collector,
            MessageIntake messages,
            CollectorCounters counters,
            JmsNames names,
            CollectorSettings settings) {
        this.collector = collector;
        this.messages = messages;
        this.counters = counters;
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
     */
    JmsIntake ofSenders(String label, String factory, DeadLetters.Source queue, QueueState state) {
        TransportCounters own = counters.of(label);
        return intake(
                (bytes, message) -> messages.take(Delivery.detected(bytes, own)),
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
        return new JmsIntake(
                store,
                collector::refusal,
                own,
                new DeadLetters(names, factory, queue, deadLetters, Clock.systemUTC()),
                pauses,
                state);
    }
}
