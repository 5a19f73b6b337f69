package zipkin.ee.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.Span.Kind;

/** What a small shop reports: a checkout that fails at the payment, and visits that go well. */
final class ShopTraces {
    static final List<String> SERVICES =
            List.of("frontend", "inventory", "kafka", "mailer", "mysql", "orders", "payments");

    private static final Endpoint FRONTEND = service("frontend", "10.8.0.1");
    private static final Endpoint ORDERS = service("orders", "10.8.0.2");
    private static final Endpoint PAYMENTS = service("payments", "10.8.0.3");
    private static final Endpoint INVENTORY = service("inventory", "10.8.0.4");
    private static final Endpoint MAILER = service("mailer", "10.8.0.5");
    private static final Endpoint MYSQL = service("mysql", "10.8.0.6");
    private static final Endpoint KAFKA = service("kafka", "10.8.0.7");

    private final String traceId;
    private final long startMicros;
    private final List<Span> spans = new ArrayList<>();

    private ShopTraces(long startMicros) {
        this.traceId = Long.toHexString(ThreadLocalRandom.current().nextLong(1L << 60, Long.MAX_VALUE));
        this.startMicros = startMicros;
    }

    /** 12 spans of five services; mysql and kafka are seen from their clients only. */
    static List<Span> checkout(long startMicros) {
        ShopTraces t = new ShopTraces(startMicros);
        t.add(1, 0, Kind.SERVER, "post /checkout", FRONTEND, 0, 486, "http.method=POST", "http.path=/checkout");
        t.call(2, 1, "post /orders", FRONTEND, ORDERS, 12, 455, "http.path=/orders");
        t.call(3, 2, "reserve", ORDERS, INVENTORY, 30, 118, "items=3");
        t.add(4, 3, Kind.CLIENT, "select stock", INVENTORY, 44, 31, "sql.query=select n from stock where item in (?)");
        t.to(MYSQL);
        t.add(5, 3, Kind.CLIENT, "update stock", INVENTORY, 82, 48, "sql.query=update stock set n = n - 1");
        t.to(MYSQL);
        t.call(6, 2, "charge", ORDERS, PAYMENTS, 160, 240, "error=card declined");
        t.add(7, 6, null, "check limits", PAYMENTS, 181, 62, "limit=500");
        t.add(8, 2, Kind.PRODUCER, "send order-failed", ORDERS, 412, 9, "kafka.topic=order-failed");
        t.to(KAFKA);
        t.add(9, 8, Kind.CONSUMER, "poll order-failed", MAILER, 430, 22, "kafka.topic=order-failed");
        t.to(KAFKA);
        return List.copyOf(t.spans);
    }

    /** One page view that goes well: frontend, inventory, mysql. */
    static List<Span> visit(long startMicros, String page, int millis) {
        ShopTraces t = new ShopTraces(startMicros);
        t.add(1, 0, Kind.SERVER, "get /" + page, FRONTEND, 0, millis, "http.method=GET", "http.path=/" + page);
        t.call(2, 1, "get /stock", FRONTEND, INVENTORY, 3, millis - 8, "http.path=/stock");
        t.add(3, 2, Kind.CLIENT, "select stock", INVENTORY, 8, millis - 20, "sql.query=select n from stock");
        t.to(MYSQL);
        return List.copyOf(t.spans);
    }

    /** Both sides of a call under one id; the callee is 4 ms late and 8 ms shorter. */
    private void call(
            int id, int parent, String name, Endpoint from, Endpoint to, int atMillis, int millis, String... tags) {
        add(id, parent, Kind.CLIENT, name, from, atMillis, millis, tags);
        to(to);
        add(id, parent, Kind.SERVER, name, to, atMillis + 4, millis - 8, tags);
        spans.add(last().toBuilder().shared(true).build());
    }

    private void add(
            int id,
            int parent,
            @Nullable Kind kind,
            String name,
            Endpoint at,
            int atMillis,
            int millis,
            String... tags) {
        Span.Builder span = Span.newBuilder()
                .traceId(traceId)
                .parentId(parent)
                .id(id)
                .kind(kind)
                .name(name)
                .localEndpoint(at)
                .timestamp(startMicros + atMillis * 1000L)
                .duration(millis * 1000L);
        Stream.of(tags).map(tag -> tag.split("=", 2)).forEach(tag -> span.putTag(tag[0], tag[1]));
        spans.add(span.build());
    }

    /** Says where the last span's call went. */
    private void to(Endpoint remote) {
        spans.add(last().toBuilder().remoteEndpoint(remote).build());
    }

    /** Takes the last span away, to be replaced. */
    private Span last() {
        return spans.remove(spans.size() - 1);
    }

    private static Endpoint service(String name, String ip) {
        return Endpoint.newBuilder().serviceName(name).ip(ip).build();
    }
}
