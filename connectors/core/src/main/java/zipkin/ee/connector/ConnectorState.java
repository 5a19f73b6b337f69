package zipkin.ee.connector;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * The state of one activation, shown by JMX as
 * {@code zipkin.ee:type=Connector,name=…,activation=…}, where the application's health and start-up
 * screen read it. It has as many parts as there are loops; the worst part is shown. Each change for
 * the worse or back is logged once. Thread safe.
 */
public final class ConnectorState implements ConnectorMXBean, AutoCloseable {
    /** From best to worst. */
    public enum State {
        /** Not configured. */
        DORMANT,
        /** Takes messages, or would if there were any. */
        RUNNING,
        /** The application or the broker refuses; tries again by itself. */
        WAITING,
        /** The broker does not answer. */
        CONNECTING
    }

    private record Part(State state, String detail, boolean logged) {}

    private static final AtomicLong ACTIVATIONS = new AtomicLong();

    private final Logger logger;
    private final String name;
    private final ObjectName objectName;
    private final Map<Integer, Part> parts = new TreeMap<>();
    private final DeadLetterLog deadLetters;
    private final LongAdder messages = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder redelivered = new LongAdder();

    private ConnectorState(String name, String detail, Logger logger) throws JMException {
        this.name = name;
        this.logger = logger;
        this.deadLetters = new DeadLetterLog(logger, name, System::nanoTime);
        this.objectName = new ObjectName(
                "zipkin.ee:type=Connector,name=" + name + ",activation=" + ACTIVATIONS.incrementAndGet());
        parts.put(0, new Part(State.DORMANT, LogText.line(detail), true));
    }

    /**
     * Registers a state, DORMANT at first.
     *
     * @param name kafka, rabbitmq
     */
    public static ConnectorState register(String name, String detail) {
        return register(name, detail, SafeLogger.of("zipkin.ee.connector." + name));
    }

    static ConnectorState register(String name, String detail, Logger logger) {
        try {
            ConnectorState state = new ConnectorState(name, detail, logger);
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean(state, ConnectorMXBean.class, true), state.objectName);
            return state;
        } catch (JMException e) {
            throw new IllegalStateException("Cannot register the state of " + name, e);
        }
    }

    /** A loop is about to connect for the first time: CONNECTING, but nothing to report yet. */
    public void starting(int part, String detail) {
        synchronized (parts) {
            parts.put(part, new Part(State.CONNECTING, LogText.line(detail), false));
        }
    }

    /**
     * @param part which of the loops, from 0
     * @param detail for an operator; {@link LogText} makes it one line without secrets
     */
    public void set(int part, State state, String detail) {
        Part before;
        synchronized (parts) {
            before = parts.put(part, new Part(state, LogText.line(detail), true));
        }
        if (before != null && before.logged() && before.state() == state) {
            return;
        }
        boolean well = state == State.RUNNING || state == State.DORMANT;
        logger.log(well ? Level.INFO : Level.WARNING, name + (well ? ": " : " waits: ") + detail);
    }

    /** Counts what became of a delivery. */
    public void delivered(List<Outcome> answers) {
        messages.add(answers.size());
        for (Outcome answer : answers) {
            if (answer instanceof Outcome.Malformed) {
                malformed.increment();
            } else if (answer instanceof Outcome.TryLater) {
                redelivered.increment();
            }
        }
    }

    /**
     * Logs messages that can't be read, once they are where they stay: one line each, at most ten a
     * minute.
     *
     * @param target where they are, as in "is in the queue zipkin.dlq" or "is dropped"
     * @param reasons one for each
     */
    public void unreadable(String target, List<String> reasons) {
        reasons.forEach(reason -> deadLetters.add(target, reason));
    }

    @Override
    public String getState() {
        return worst().state().name();
    }

    @Override
    public String getDetail() {
        return worst().detail();
    }

    private Part worst() {
        synchronized (parts) {
            Part worst = parts.values().iterator().next();
            for (Part part : parts.values()) {
                worst = part.state().compareTo(worst.state()) > 0 ? part : worst;
            }
            return worst;
        }
    }

    @Override
    public long getMessages() {
        return messages.sum();
    }

    @Override
    public long getMalformed() {
        return malformed.sum();
    }

    @Override
    public long getRedelivered() {
        return redelivered.sum();
    }

    /** Takes the state out of JMX; harmless when it is out. */
    @Override
    public void close() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(objectName);
        } catch (JMException e) {
            logger.log(Level.DEBUG, "Cannot unregister " + objectName, e);
        }
    }
}
