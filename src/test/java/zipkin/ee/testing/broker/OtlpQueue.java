package zipkin.ee.testing.broker;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The topic or queue of a broker that its settings let hold OTLP. Closing it leaves the broker to
 * others.
 */
record OtlpQueue(Broker broker, Consumer<byte[]> sender, Supplier<List<DeadLetter>> letters) implements Broker {
    @Override
    public String label() {
        return broker.label();
    }

    @Override
    public Map<String, String> settings() {
        return broker.settings();
    }

    @Override
    public void send(byte[] message) {
        sender.accept(message);
    }

    @Override
    public List<DeadLetter> deadLetters() {
        return letters.get();
    }

    @Override
    public Broker otlp() {
        return this;
    }

    @Override
    public void kill() {
        broker.kill();
    }

    @Override
    public void restart() {
        broker.restart();
    }

    @Override
    public void close() {}
}
