package zipkin.ee.connector.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ReturnCallback;
import com.rabbitmq.client.ShutdownListener;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.SimulatedContainer;

/**
 * One queue, and its dead letters, behind connections whose steps fail when a test wants it. What
 * is acknowledged and published is written down among the container's steps. A channel that ends
 * gives back what it did not acknowledge.
 */
final class SimulatedRabbit implements BrokerAccess {
    enum Fault {
        CONNECT,
        CREATE_CHANNEL,
        DECLARE,
        QOS,
        CONSUME,
        ACKNOWLEDGE,
        PUBLISH,
        CONFIRM_NEGATIVE,
        CONFIRM_MISSING,
        RETURNED
    }

    final Set<Fault> faults = Collections.synchronizedSet(EnumSet.noneOf(Fault.class));
    final List<SimulatedConnection> connections = new CopyOnWriteArrayList<>();
    final List<String> deadLetters = new CopyOnWriteArrayList<>();
    private final SimulatedContainer container;
    private final Deque<String> ready = new ArrayDeque<>();
    private final List<SimulatedChannel> consumers = new ArrayList<>();
    /**
     * How often each message was given back, as quorum queues count it; empty for a classic queue.
     */
    private final Map<String, Long> returnCounts = new HashMap<>();

    private volatile boolean countsReturns;
    private volatile boolean stopped;

    SimulatedRabbit(SimulatedContainer container) {
        this.container = container;
    }

    /** From now on it is a quorum queue, which counts how often a message came back. */
    void countReturns() {
        countsReturns = true;
    }

    synchronized long returns(String message) {
        return returnCounts.getOrDefault(message, 0L);
    }

    /** A quorum queue reports it from the first time on. */
    private AMQP.BasicProperties properties(String message) {
        Map<String, Object> headers = new HashMap<>();
        if (returnCounts.containsKey(message)) {
            headers.put("x-delivery-count", returnCounts.get(message));
        }
        return new AMQP.BasicProperties.Builder().headers(headers).build();
    }

    synchronized void send(String... messages) {
        ready.addAll(List.of(messages));
        List.copyOf(consumers).forEach(SimulatedChannel::deliver);
    }

    /** What nobody has taken, and what was taken and not acknowledged. */
    synchronized List<String> left() {
        List<String> left = new ArrayList<>();
        consumers.forEach(consumer -> left.addAll(consumer.unacknowledged.values()));
        left.addAll(ready);
        return left;
    }

    boolean isStopped() {
        return stopped;
    }

    @Override
    public Connection connectRecovering(String name, java.util.function.Consumer<Throwable> failures)
            throws IOException {
        return connect(failures);
    }

    @Override
    public Connection connect(String name) throws IOException {
        return connect(failure -> {});
    }

    @Override
    public void stop() {
        stopped = true;
    }

    private Connection connect(java.util.function.Consumer<Throwable> failures) throws IOException {
        if (faults.contains(Fault.CONNECT)) {
            throw new ConnectException("Connection refused");
        }
        SimulatedConnection connection = new SimulatedConnection(failures);
        connections.add(connection);
        return connection.proxy;
    }

    private void check(Fault fault) throws IOException {
        if (faults.contains(fault)) {
            throw new IOException(fault.name());
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static ShutdownSignalException signal(boolean ofConnection) {
        return new ShutdownSignalException(ofConnection, false, null, new Object());
    }

    final class SimulatedConnection {
        private final Connection proxy = proxy(Connection.class, this::invoke);
        private final java.util.function.Consumer<Throwable> failures;
        private final List<SimulatedChannel> channels = new CopyOnWriteArrayList<>();
        private volatile boolean open = true;
        private volatile boolean closed;

        SimulatedConnection(java.util.function.Consumer<Throwable> failures) {
            this.failures = failures;
        }

        boolean isClosed() {
            return closed;
        }

        /** The network fails. */
        void lose() {
            open = false;
            channels.forEach(channel -> channel.end(signal(true)));
        }

        /** The client's recovery fails. */
        void failRecovery(Throwable failure) {
            failures.accept(failure);
        }

        /** The client has recovered the connection. */
        void recover() {
            open = true;
        }

        /** The broker cancels consumers, as it does when their queue is deleted. */
        void cancelConsumers() {
            channels.forEach(SimulatedChannel::cancel);
        }

        private @Nullable Object invoke(Object self, java.lang.reflect.Method method, Object @Nullable [] arguments)
                throws IOException {
            return switch (method.getName()) {
                case "isOpen" -> open;
                case "getCloseReason" -> open ? null : signal(true);
                case "createChannel" -> {
                    check(Fault.CREATE_CHANNEL);
                    SimulatedChannel channel = new SimulatedChannel();
                    channels.add(channel);
                    yield channel.proxy;
                }
                case "abort" -> {
                    open = false;
                    closed = true;
                    channels.forEach(channel -> channel.end(signal(true)));
                    yield null;
                }
                case "addBlockedListener" -> null;
                default -> throw new UnsupportedOperationException(method.toString());
            };
        }
    }

    private final class SimulatedChannel {
        private final Channel proxy = proxy(Channel.class, this::invoke);
        private final Map<Long, String> unacknowledged = new TreeMap<>();
        private final List<ShutdownListener> listeners = new CopyOnWriteArrayList<>();
        private @Nullable Consumer consumer;
        private @Nullable ReturnCallback returns;
        private int prefetch;
        private long tag;
        private boolean open = true;

        private @Nullable Object invoke(Object self, java.lang.reflect.Method method, Object @Nullable [] arguments)
                throws Throwable {
            Object[] given = arguments == null ? new Object[0] : arguments;
            switch (method.getName()) {
                case "isOpen" -> {
                    return open;
                }
                case "queueDeclare", "queueDeclarePassive" -> check(Fault.DECLARE);
                case "addShutdownListener" -> listeners.add((ShutdownListener) given[0]);
                case "addReturnListener" -> returns = (ReturnCallback) given[0];
                case "basicQos" -> {
                    check(Fault.QOS);
                    prefetch = (int) given[0];
                }
                case "basicConsume" -> {
                    check(Fault.CONSUME);
                    consume((Consumer) given[2]);
                }
                case "basicAck" -> acknowledge((long) given[0], (boolean) given[1]);
                case "basicPublish" -> publish((byte[]) given[4]);
                case "waitForConfirms" -> {
                    return confirm();
                }
                case "close", "abort" -> end(signal(false));
                case "confirmSelect" -> {}
                default -> throw new UnsupportedOperationException(method.toString());
            }
            return null;
        }

        private void consume(Consumer consuming) throws IOException {
            synchronized (SimulatedRabbit.this) {
                consumer = consuming;
                consumers.add(this);
                deliver();
            }
        }

        private void deliver() {
            Consumer receiver = consumer;
            while (receiver != null && !ready.isEmpty() && unacknowledged.size() < prefetch) {
                String message = ready.remove();
                unacknowledged.put(++tag, message);
                try {
                    receiver.handleDelivery(
                            "tag",
                            new Envelope(tag, false, "", "zipkin"),
                            properties(message),
                            message.getBytes(UTF_8));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        private void acknowledge(long until, boolean multiple) throws IOException {
            check(Fault.ACKNOWLEDGE);
            synchronized (SimulatedRabbit.this) {
                if (!open) {
                    throw new com.rabbitmq.client.AlreadyClosedException(signal(true));
                }
                container.event("ack " + until + (multiple ? " and before" : ""));
                unacknowledged.keySet().removeIf(known -> known == until || (multiple && known < until));
                deliver();
            }
        }

        private void publish(byte[] body) throws IOException {
            check(Fault.PUBLISH);
            container.event("publish");
            ReturnCallback callback = returns;
            if (faults.contains(Fault.RETURNED) && callback != null) {
                callback.handle(null);
            } else if (!faults.contains(Fault.CONFIRM_NEGATIVE)) {
                deadLetters.add(new String(body, UTF_8));
            }
        }

        private boolean confirm() throws TimeoutException {
            if (faults.contains(Fault.CONFIRM_MISSING)) {
                throw new TimeoutException();
            }
            container.event("confirm");
            return !faults.contains(Fault.CONFIRM_NEGATIVE);
        }

        private void cancel() {
            Consumer cancelled = consumer;
            if (cancelled != null && open) {
                try {
                    cancelled.handleCancel("tag");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        private void end(ShutdownSignalException reason) {
            synchronized (SimulatedRabbit.this) {
                if (!open) {
                    return;
                }
                open = false;
                consumer = null;
                consumers.remove(this);
                List<String> back = new ArrayList<>(unacknowledged.values());
                Collections.reverse(back);
                back.forEach(ready::addFirst);
                if (countsReturns) {
                    back.forEach(message -> returnCounts.merge(message, 1L, Long::sum));
                }
                unacknowledged.clear();
            }
            listeners.forEach(listener -> listener.shutdownCompleted(reason));
        }
    }
}
