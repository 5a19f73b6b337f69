package zipkin.ee.testing.broker;

import java.util.List;

/** A RabbitMQ that somebody else runs. */
final class GivenRabbitNode implements RabbitNode {
    private final String uri;

    GivenRabbitNode(String uri, List<String> configuration) {
        if (!configuration.isEmpty()) {
            throw notOurs();
        }
        this.uri = uri;
    }

    private static IllegalStateException notOurs() {
        return new IllegalStateException("The RabbitMQ of " + RabbitPrograms.URI
                + " can't be killed or configured by tests. This one needs its own: unset " + RabbitPrograms.URI);
    }

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public int tlsPort() {
        throw notOurs();
    }

    @Override
    public void start() {}

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public void kill() {
        throw notOurs();
    }

    @Override
    public String control(List<String> arguments) {
        throw notOurs();
    }

    @Override
    public String log() {
        return "see the log of the RabbitMQ of " + RabbitPrograms.URI;
    }

    @Override
    public void close() {}
}
