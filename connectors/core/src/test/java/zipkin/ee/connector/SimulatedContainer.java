package zipkin.ee.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.cci.IndexedRecord;
import jakarta.resource.cci.MessageListener;
import jakarta.resource.cci.Record;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkManager;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * The application server as a resource adapter sees it, with one message-driven bean whose answers
 * a test chooses and with steps of a delivery that fail when a test wants it. It writes down every
 * step in order, and holds the adapter to the contract: a step out of order is an
 * {@link IllegalStateException} for the adapter and a line in {@link #violations()}.
 */
public final class SimulatedContainer implements AutoCloseable {
    /** The steps of a delivery that can fail. */
    public enum Step {
        CREATE_ENDPOINT,
        BEFORE_DELIVERY,
        ON_MESSAGE,
        AFTER_DELIVERY
    }

    /**
     * The bean: an answer for each message, as the adapters expect them (null, a String or a
     * ResourceException).
     */
    @FunctionalInterface
    public interface Bean {
        List<@Nullable Object> onMessage(List<byte[]> messages) throws ResourceException;
    }

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<List<byte[]>> deliveries = new CopyOnWriteArrayList<>();
    private final List<byte[]> otlp = new CopyOnWriteArrayList<>();
    private final Map<Step, Exception> failures = Collections.synchronizedMap(new EnumMap<>(Step.class));
    private volatile Bean bean = SimulatedContainer::storeAll;
    private final SimulatedWorks works = new SimulatedWorks(violations::add);

    /** What every bean answers that can store. */
    public static List<@Nullable Object> storeAll(List<byte[]> messages) {
        return new ArrayList<>(Collections.nCopies(messages.size(), null));
    }

    /** Changes what the bean does; at first it stores everything. */
    public void bean(Bean bean) {
        this.bean = bean;
    }

    /**
     * From now on {@code step} fails with an {@link UnavailableException} or, in onMessage, with
     * what a broken bean throws.
     */
    public void fail(Step step) {
        fail(
                step,
                step == Step.ON_MESSAGE
                        ? new IllegalStateException("The bean is broken")
                        : new UnavailableException(step + " is not possible now"));
    }

    /**
     * From now on {@code step} fails with {@code failure}: a ResourceException, a
     * NoSuchMethodException or unchecked.
     */
    public void fail(Step step, Exception failure) {
        failures.put(step, failure);
    }

    /** From now on no step fails. */
    public void recover() {
        failures.clear();
    }

    /** From now on there is no thread for works. */
    public void refuseWork() {
        works.refuse();
    }

    /** Writes down a step of somebody else, such as an acknowledgement, to prove the order. */
    public void event(String event) {
        events.add(event);
    }

    /**
     * All steps so far, in order: createEndpoint, beforeDelivery, onMessage 3, afterDelivery,
     * release, and those of others.
     */
    public List<String> events() {
        return List.copyOf(events);
    }

    /** The messages of each call of the bean so far. */
    public List<List<byte[]>> deliveries() {
        return List.copyOf(deliveries);
    }

    /** Those of all these messages that came as OTLP. */
    public List<byte[]> otlp() {
        return List.copyOf(otlp);
    }

    /** What the adapter did against the contract. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** How many works run now. */
    public int runningWorks() {
        return works.running();
    }

    /** How many works were ever started. */
    public int startedWorks() {
        return works.started();
    }

    public BootstrapContext bootstrapContext() {
        return new Bootstrap();
    }

    /**
     * The factory of the bean's endpoints; each call makes another, as each activation has its own.
     */
    public MessageEndpointFactory endpointFactory() {
        return new Factory();
    }

    /** Ends works that the adapter left behind, by interrupts. */
    @Override
    public void close() {
        works.end();
    }

    private void step(Step step, String event) throws ResourceException, NoSuchMethodException {
        events.add(event);
        Exception failure = failures.get(step);
        if (failure instanceof ResourceException e) {
            throw e;
        }
        if (failure instanceof NoSuchMethodException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
    }

    private IllegalStateException violation(String what) {
        violations.add(what);
        return new IllegalStateException(what);
    }

    private final class Factory implements MessageEndpointFactory {
        @Override
        public MessageEndpoint createEndpoint(@Nullable XAResource resource) throws UnavailableException {
            try {
                step(Step.CREATE_ENDPOINT, "createEndpoint");
            } catch (UnavailableException e) {
                throw e;
            } catch (ResourceException | NoSuchMethodException e) {
                throw new UnavailableException(e);
            }
            return new Endpoint();
        }

        @Override
        public MessageEndpoint createEndpoint(@Nullable XAResource resource, long timeout) throws UnavailableException {
            return createEndpoint(resource);
        }

        @Override
        public boolean isDeliveryTransacted(Method method) {
            return false;
        }

        @Override
        public String getActivationName() {
            return "simulated";
        }

        @Override
        public Class<?> getEndpointClass() {
            return Endpoint.class;
        }
    }

    /** Not the adapter's class of this name: what the container hands out. */
    private final class Endpoint implements MessageEndpoint, MessageListener {
        private boolean between;
        private boolean released;

        @Override
        public void beforeDelivery(Method method) throws NoSuchMethodException, ResourceException {
            if (between || released) {
                throw violation("beforeDelivery out of order");
            }
            if (!method.getName().equals("onMessage")) {
                throw violation("beforeDelivery of " + method);
            }
            step(Step.BEFORE_DELIVERY, "beforeDelivery");
            between = true;
        }

        @Override
        public Record onMessage(Record input) throws ResourceException {
            if (!between || released) {
                throw violation("onMessage out of order");
            }
            List<byte[]> messages = new ArrayList<>();
            for (Object message : (IndexedRecord) input) {
                messages.add(message instanceof IndexedRecord<?> marked ? ofOtlp(marked) : (byte[]) message);
            }
            deliveries.add(messages);
            try {
                step(Step.ON_MESSAGE, "onMessage " + messages.size());
            } catch (NoSuchMethodException e) {
                throw new ResourceException(e);
            }
            Answers answers = new Answers(bean.onMessage(messages));
            events.add("answered");
            return answers;
        }

        private byte[] ofOtlp(IndexedRecord<?> marked) {
            if (!marked.getRecordName().equals("otlp") || marked.size() != 1) {
                throw violation("a record " + marked.getRecordName() + " of " + marked.size() + " messages");
            }
            byte[] message = (byte[]) marked.get(0);
            otlp.add(message);
            return message;
        }

        @Override
        public void afterDelivery() throws ResourceException {
            if (!between || released) {
                throw violation("afterDelivery out of order");
            }
            between = false;
            try {
                step(Step.AFTER_DELIVERY, "afterDelivery");
            } catch (NoSuchMethodException e) {
                throw new ResourceException(e);
            }
        }

        @Override
        public void release() {
            if (between) {
                violations.add("release without afterDelivery");
            }
            released = true;
            events.add("release");
        }
    }

    // the platform's interface extends the raw List
    @SuppressWarnings({"rawtypes", "unchecked", "serial"})
    private static final class Answers extends ArrayList implements IndexedRecord {
        Answers(List<@Nullable Object> answers) {
            super(answers);
        }

        @Override
        public String getRecordName() {
            return "answers";
        }

        @Override
        public void setRecordName(String name) {}

        @Override
        public void setRecordShortDescription(String description) {}

        @Override
        public String getRecordShortDescription() {
            return "";
        }
    }

    private final class Bootstrap implements BootstrapContext {
        @Override
        public WorkManager getWorkManager() {
            return works;
        }

        @Override
        public @Nullable XATerminator getXATerminator() {
            return null;
        }

        @Override
        public Timer createTimer() {
            return new Timer(true);
        }

        @Override
        public boolean isContextSupported(Class<? extends WorkContext> type) {
            return false;
        }

        @Override
        public jakarta.transaction.@Nullable TransactionSynchronizationRegistry
                getTransactionSynchronizationRegistry() {
            return null;
        }
    }
}
