package zipkin.ee.bench;

import java.util.List;

/** Both servers, ours first, up at the same time; one idles while the other is measured. */
record Pair(Server ours, Server reference) implements AutoCloseable {
    static Pair start(Launcher ours, Launcher reference) {
        Server first = ours.start();
        return new Pair(first, reference.start());
    }

    List<Server> both() {
        return List.of(ours, reference);
    }

    @Override
    public void close() {
        ours.close();
        reference.close();
    }
}
