package zipkin.ee.transport.messaging;

import jakarta.inject.Inject;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.Encoding;
import zipkin.ee.collect.Journal;
import zipkin.ee.collect.Outcome;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.config.HttpIntakeSettings;
import zipkin.ee.fault.OutageLog;
import zipkin.ee.text.SafeLogger;

/**
 * The server's persistent JMS queue as a journal: one message for each body, with its encoding and
 * its debug flag as properties. Sending returns when the broker has written it to its disk.
 */
@SingleInstance
class JmsJournal implements Journal {
    static final String ENCODING = "zipkin_encoding";
    static final String DEBUG = "zipkin_debug";
    static final String QUEUE = "java:/jms/queue/zipkin-journal";
    /** The dead letters of JMS senders, too: the server itself writes only readable messages. */
    static final String DEAD_LETTERS = "zipkin.dlq";
    /** The factory of the server's own broker, whatever serves other queues. */
    static final String CONNECTION_FACTORY = "java:/JmsXA";

    private static final Logger LOGGER = SafeLogger.of(JmsJournal.class.getName());
    /** A full disk makes a sender wait forever. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int POLL_MILLIS = 100;

    private final OutageLog outage =
            new OutageLog(LOGGER, "The journal does not take spans", "The journal takes spans again", System::nanoTime);
    private final JmsNames names;
    private final Executor senders;
    private final Duration limit;
    private final BrokerProbe probe;
    private final QueueState sent = new QueueState(System::nanoTime);
    private final QueueState stored = new QueueState(System::nanoTime);

    @Inject
    JmsJournal(JmsNames names, ContainerPools pools, HttpIntakeSettings settings, CollectorSettings collector) {
        this(names, pools.pool(settings.journalSenders(), collector.queueSize()), pools.pool(1, 1), LIMIT);
    }

    /**
     * @param senders a bounded pool
     * @param limit of a send, and of the search for the queue: the server brings up its queues
     *     while it deploys applications
     */
    JmsJournal(JmsNames names, Executor senders, Executor asker, Duration limit) {
        this.names = names;
        this.senders = senders;
        this.limit = limit;
        this.probe = new BrokerProbe(
                names,
                CONNECTION_FACTORY,
                session -> session.createBrowser(names.queue(QUEUE)).close(),
                asker);
    }

    /** The state of the messages on their way to the storage. */
    QueueState stored() {
        return stored;
    }

    @Override
    public void open() {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                names.connectionFactory(CONNECTION_FACTORY);
                names.queue(QUEUE);
                return;
            } catch (JMSException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "COLLECTOR_HTTP_JOURNAL=jms: " + e.getMessage()
                                    + ". Make the server ready for messages (docs/operating/messaging.md).",
                            e);
                }
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("The application was stopped while it was starting", e);
            }
        }
    }

    @Override
    public CompletionStage<Outcome> keep(byte[] message, Encoding encoding, boolean debug, Account account) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        // A message that waits, or is being sent, when its time is over still takes its bytes.
        Account.Share held = account.share();
        try {
            senders.execute(() -> {
                try (held) {
                    if (!outcome.isDone()) {
                        outcome.complete(write(message, encoding, debug));
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            held.close();
            return CompletableFuture.completedFuture(
                    new Outcome.TryLater("Too many messages wait for the journal. Try again later."));
        }
        return outcome.completeOnTimeout(
                new Outcome.TryLater(
                        "The journal did not take the spans within " + limit.toSeconds() + " s. Try again later."),
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private Outcome write(byte[] message, Encoding encoding, boolean debug) {
        try {
            send(message, encoding, debug);
            sent.works();
            outage.works();
            return new Outcome.Stored();
        } catch (JMSException | RuntimeException e) {
            sent.waits("The journal does not take spans: " + e.getMessage());
            outage.failed(e);
            return new Outcome.TryLater("Cannot write the spans to the journal now. Try again later.");
        }
    }

    /** The connection is the server's pool's, as is its bound. */
    private void send(byte[] bytes, Encoding encoding, boolean debug) throws JMSException {
        try (Connection connection = names.connectionFactory(CONNECTION_FACTORY).createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(names.queue(QUEUE))) {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(bytes);
            message.setStringProperty(ENCODING, encoding.name());
            message.setBooleanProperty(DEBUG, debug);
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            producer.send(message);
        }
    }

    @Override
    public String place() {
        return QUEUE;
    }

    @Override
    public @Nullable String problem() {
        String refuses = sent.problem();
        if (refuses != null) {
            return refuses;
        }
        String waits = stored.problem();
        return waits != null ? waits : probe.problem();
    }
}
