package zipkin.ee.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import zipkin.ee.codec.Encoding;

/**
 * One attacker for each way to stop a server that is known. Each keeps to a rate that leaves the
 * machine some processor.
 */
final class Attackers {
    private static final int HELD_CONNECTIONS = 60;
    private static final int SPANS_OF_A_LARGE_TRACE = 20_000;
    private static final int SPANS_OF_A_BOMB = 10_000;
    private static final String LARGE_TRACE = "00000000000a77ac";

    private Attackers() {}

    /** By name, in the order in which the table of docs/reliability.md has them. */
    static Map<String, Attacker> all() {
        Map<String, Attacker> all = new LinkedHashMap<>();
        all.put("read nothing of a large answer", server -> readNothing(server, HELD_CONNECTIONS));
        all.put(
                "send a body a byte a second",
                server -> sendSlowly(server, RawConnection.post("Content-Length: 1000")));
        all.put("send a header a byte a second", server -> sendSlowly(server, "POST /api/v2/spans HTTP/1.1\r\nX: "));
        all.put(
                "send a byte a second after 413",
                server -> sendSlowly(server, RawConnection.post("Content-Length: 99999999")));
        all.put("connect and say nothing", server -> sendSlowly(server, ""));
        all.put("reset in the middle of a body", Attackers::reset);
        all.put("repeat one large trace", server -> post(server, "/api/v2/spans", largeTrace(), ""));
        all.put(
                "compress what is large",
                server -> post(server, "/api/v2/spans", bomb(), "Content-Encoding: gzip\r\n"));
        all.put(
                "compress zeros",
                server -> post(server, "/api/v2/spans", GzipBombs.manyMembers(), "Content-Encoding: gzip\r\n"));
        all.put("choose names and links", server -> post(server, "/api/v2/spans", names(), ""));
        all.put("choose trace ids that collide", server -> post(server, "/api/v2/spans", collidingIds(), ""));
        all.put("choose paths and methods", Attackers::routes);
        all.put("spoil messages", Attackers::spoil);
        all.put("ask for everything", Attackers::ask);
        return all;
    }

    /** Small receive buffers make the server's own fill soon. */
    private static void readNothing(URI server, int count) throws IOException {
        List<SocketChannel> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                SocketChannel channel = SocketChannel.open();
                held.add(channel);
                channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
                channel.connect(new InetSocketAddress(server.getHost(), server.getPort()));
                String path = i % 4 == 3 ? "/prometheus" : "/api/v2/trace/" + LARGE_TRACE;
                channel.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n")
                        .repeat(3)
                        .getBytes(ISO_8859_1)));
            }
            pause(10_000);
        } finally {
            for (SocketChannel channel : held) {
                channel.close();
            }
        }
    }

    private static void sendSlowly(URI server, String first) throws IOException {
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < HELD_CONNECTIONS; i++) {
                Socket socket = connect(server);
                held.add(socket);
                socket.getOutputStream().write(first.getBytes(ISO_8859_1));
            }
            for (int second = 0; second < 20; second++) {
                pause(1000);
                for (Socket socket : held) {
                    if (!first.isEmpty()) {
                        trickle(socket);
                    }
                }
            }
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    private static void trickle(Socket socket) {
        try {
            socket.getOutputStream().write(' ');
        } catch (IOException e) {
            // Closed by the server: what it should do. The others go on.
        }
    }

    private static void reset(URI server) throws IOException {
        try (Socket socket = connect(server)) {
            socket.getOutputStream().write((RawConnection.post("Content-Length: 1000") + "[{").getBytes(ISO_8859_1));
            socket.setSoLinger(true, 0);
        }
        pause(20);
    }

    private static void routes(URI server) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String method =
                List.of("OPTIONS", "GET", "X" + random.nextInt(), "PUT", "HEAD").get(random.nextInt(5));
        String prefix = List.of("/api/", "/zipkin/api/v2/", "/api/v2/trace/", "/", "/api;x=")
                .get(random.nextInt(5));
        exchange(
                server,
                (method + " " + prefix + Long.toHexString(random.nextLong()) + " HTTP/1.1\r\nHost: h\r\n"
                                + "Origin: http://o\r\nAccess-Control-Request-Method: GET\r\nConnection: close\r\n\r\n")
                        .getBytes(ISO_8859_1));
        pause(5);
    }

    private static void spoil(URI server) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Encoding encoding = List.of(Encoding.values()).get(random.nextInt(Encoding.values().length));
        byte[] body = new SpanMutator(encoding, random.nextLong()).next();
        post(server, random.nextBoolean() ? "/api/v2/spans" : "/api/v1/spans", body, "");
    }

    private static void ask(URI server) throws IOException {
        long now = System.currentTimeMillis();
        for (String path : List.of(
                "/api/v2/traces?limit=1000&lookback=" + now + "&endTs=" + now,
                "/api/v2/dependencies?endTs=" + now + "&lookback=" + now,
                "/api/v2/services",
                "/health")) {
            exchange(
                    server, ("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
        }
        pause(200);
    }

    /** Posts, and reads what comes. */
    private static void post(URI server, String path, byte[] body, String header) throws IOException {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + header + "Content-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        exchange(server, request);
        pause(body.length > 100_000 ? 1000 : 20);
    }

    private static void exchange(URI server, byte[] request) throws IOException {
        try (Socket socket = connect(server)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            InputStream answer = socket.getInputStream();
            answer.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static Socket connect(URI server) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), 10_000);
        return socket;
    }

    private static byte[] largeTrace() {
        return list(
                SPANS_OF_A_LARGE_TRACE,
                i -> "{\"traceId\":\"" + LARGE_TRACE + "\",\"id\":\"" + id(i) + "\",\"name\":\"large\"}");
    }

    /** A field that no reader knows makes all of them objects. */
    private static byte[] bomb() {
        String tags = IntStream.range(0, 20)
                .mapToObj(i -> "\"key" + i + "\":\"value\"")
                .collect(Collectors.joining(","));
        String trace = id(ThreadLocalRandom.current().nextInt());
        return GzipBombs.gzip(list(
                SPANS_OF_A_BOMB,
                i -> "{\"traceId\":\"" + trace + "\",\"id\":\"" + id(i) + "\",\"unknown\":{},\"tags\":{" + tags
                        + "}}"));
    }

    private static byte[] names() {
        int salt = ThreadLocalRandom.current().nextInt();
        return list(
                1000,
                i -> "{\"traceId\":\"" + id(salt + i / 100) + "\",\"id\":\"" + id(i) + "\",\"name\":\"n" + salt + i
                        + "\",\"kind\":\"CLIENT\",\"localEndpoint\":{\"serviceName\":\"s" + salt + i
                        + "\"},\"remoteEndpoint\":{\"serviceName\":\"r" + salt + i + "\"},\"tags\":{\"k" + salt + i
                        + "\":\"v" + i + "\"}}");
    }

    /**
     * Ids that are equal in their low bits and in their high bits, as tables that take either would
     * like least.
     */
    private static byte[] collidingIds() {
        long low = ThreadLocalRandom.current().nextLong() & 0xffff;
        return list(
                2000,
                i -> "{\"traceId\":\"" + String.format("%016x", ((long) i << 32) | low | 0x100000L)
                        + "\",\"id\":\"1\"}");
    }

    private static byte[] list(int size, IntFunction<String> span) {
        return IntStream.range(0, size)
                .mapToObj(span)
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(UTF_8);
    }

    private static String id(int i) {
        return String.format("%016x", (i & 0xffffffffL) + 1);
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
