package zipkin.ee.codec;

import java.util.Objects;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Derives kind, time and endpoints of a v2 span from the annotations of a v1 span, by the rules of
 * zipkin2's {@code V1SpanConverter}. Throws {@link FastPathUnsupportedException} for a span that
 * has both sides or several hosts, which becomes several v2 spans. Used by one thread.
 */
final class V1SpanAssembler {
    private static final int CS = 'c' << 8 | 's';
    private static final int CR = 'c' << 8 | 'r';
    private static final int SR = 's' << 8 | 'r';
    private static final int SS = 's' << 8 | 's';
    private static final int MS = 'm' << 8 | 's';
    private static final int MR = 'm' << 8 | 'r';
    private static final int WS = 'w' << 8 | 's';
    private static final int WR = 'w' << 8 | 'r';

    private final SpanColumnsBuilder spans;
    private long clientSend;
    private long clientReceive;
    private long serverReceive;
    private long serverSend;
    private long messageSend;
    private long messageReceive;
    private long wireSend;
    private long wireReceive;
    private long timestampMicros;
    private long durationMicros;
    private int local;
    private int clientAddress;
    private int serverAddress;
    private int messageAddress;

    V1SpanAssembler(SpanColumnsBuilder spans) {
        this.spans = spans;
    }

    void begin() {
        clientSend = clientReceive = serverReceive = serverSend = 0;
        messageSend = messageReceive = wireSend = wireReceive = 0;
        timestampMicros = durationMicros = 0;
        local = clientAddress = serverAddress = messageAddress = 0;
    }

    void timestamp(long micros) {
        timestampMicros = notNegative(micros);
    }

    void duration(long micros) {
        durationMicros = notNegative(micros);
    }

    private static long notNegative(long micros) {
        if (micros < 0) {
            throw new FastPathUnsupportedException();
        }
        return micros;
    }

    /** Adds the endpoint of an annotation or a tag, or 0. */
    void host(int endpoint) {
        if (endpoint == 0 || endpoint == local) {
            return;
        }
        if (local != 0 && !endpoint(local).equals(endpoint(endpoint))) {
            throw new FastPathUnsupportedException();
        }
        local = endpoint;
    }

    /** Stores the time of a core annotation, given as two letters. Returns false for others. */
    boolean core(int letters, long micros) {
        switch (letters) {
            case CS -> clientSend = once(clientSend, micros);
            case CR -> clientReceive = once(clientReceive, micros);
            case SR -> serverReceive = once(serverReceive, micros);
            case SS -> serverSend = once(serverSend, micros);
            case MS -> messageSend = once(messageSend, micros);
            case MR -> messageReceive = once(messageReceive, micros);
            case WS -> wireSend = once(wireSend, micros);
            case WR -> wireReceive = once(wireReceive, micros);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static long once(long before, long micros) {
        if (before != 0) {
            throw new FastPathUnsupportedException();
        }
        return micros;
    }

    /** Adds the remote host in an address annotation, given as the first letter of sa, ca or ma. */
    void address(int letter, int endpoint) {
        if (endpoint == 0) {
            return;
        }
        switch (letter) {
            case 's' -> serverAddress = onceAddress(serverAddress, endpoint);
            case 'c' -> clientAddress = onceAddress(clientAddress, endpoint);
            default -> messageAddress = onceAddress(messageAddress, endpoint);
        }
    }

    private static int onceAddress(int before, int endpoint) {
        if (before != 0) {
            throw new FastPathUnsupportedException();
        }
        return endpoint;
    }

    /**
     * Sets the fields of the span that depend on its annotations. To be called after all fields.
     */
    void end() {
        boolean client = (clientSend | clientReceive) != 0;
        boolean server = (serverReceive | serverSend) != 0;
        int roles = (client ? 1 : 0) + (server ? 1 : 0) + (messageSend != 0 ? 1 : 0) + (messageReceive != 0 ? 1 : 0);
        if (roles > 1 || (wireSend != 0 && messageReceive != 0) || (wireReceive != 0 && messageSend != 0)) {
            throw new FastPathUnsupportedException();
        }
        spans.timestamp(timestampMicros);
        spans.duration(timestampMicros == 0 ? 0 : durationMicros);
        if (client) {
            spans.kind(Span.Kind.CLIENT);
            clientSend = startOr(clientSend, clientReceive);
            rpc(clientSend, clientReceive, "cr");
        } else if (server) {
            spans.kind(Span.Kind.SERVER);
            serverReceive = startOr(serverReceive, serverSend);
            rpc(serverReceive, serverSend, "ss");
            if (serverReceive != 0 && (timestampMicros == 0 || (serverSend != 0 && durationMicros == 0))) {
                spans.shared();
            }
        } else if (messageSend != 0) {
            spans.kind(Span.Kind.PRODUCER);
            between(messageSend, wireSend);
        } else if (messageReceive != 0) {
            spans.kind(Span.Kind.CONSUMER);
            between(wireReceive != 0 ? wireReceive : messageReceive, wireReceive != 0 ? messageReceive : 0);
        }
        if ((messageSend | messageReceive) == 0) {
            annotate(wireSend, "ws");
            annotate(wireReceive, "wr");
        }
        addresses(client, server);
        spans.localEndpoint(local);
    }

    /** Returns the span's start if there is no other one and {@code end} is the span's end. */
    private long startOr(long start, long end) {
        boolean isWhole =
                end != 0 && timestampMicros != 0 && durationMicros != 0 && timestampMicros + durationMicros == end;
        return start == 0 && isWhole ? timestampMicros : start;
    }

    private void rpc(long start, long end, String endName) {
        if (start != 0 && end != 0) {
            between(start, end);
            return;
        }
        if (timestampMicros == 0) {
            spans.timestamp(start);
        }
        annotate(end, endName);
    }

    private void annotate(long micros, String value) {
        if (micros != 0) {
            spans.annotation(micros, spans.texts().add(value));
        }
    }

    private void between(long start, long end) {
        if (timestampMicros != 0 && durationMicros != 0) {
            spans.timestamp(timestampMicros);
            spans.duration(durationMicros);
            return;
        }
        spans.timestamp(start);
        if (end != 0) {
            spans.duration(Math.max(0, end - start));
        }
    }

    private void addresses(boolean client, boolean server) {
        if (!client && !server && (clientAddress | serverAddress) != 0) {
            addressesAlone();
            return;
        }
        if (clientAddress != 0 && server) {
            Endpoint here = endpoint(local);
            Endpoint there = endpoint(clientAddress);
            if (!there.equals(here)) {
                spans.remoteEndpoint(
                        Objects.equals(there.serviceName(), here.serviceName())
                                ? spans.addEndpoint(
                                        there.toBuilder().serviceName(null).build())
                                : clientAddress);
            }
        }
        if (serverAddress != 0 && client) {
            spans.remoteEndpoint(serverAddress);
        }
        if (messageAddress != 0 && (messageSend | messageReceive) != 0) {
            spans.remoteEndpoint(messageAddress);
        }
    }

    private Endpoint endpoint(int number) {
        return spans.columns().endpoint(number);
    }

    private void addressesAlone() {
        if (clientAddress != 0 && serverAddress != 0) {
            host(clientAddress);
            spans.remoteEndpoint(serverAddress);
        } else if (serverAddress != 0) {
            spans.remoteEndpoint(serverAddress);
        } else {
            spans.kind(Span.Kind.SERVER);
            spans.remoteEndpoint(clientAddress);
        }
    }
}
