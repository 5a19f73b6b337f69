package zipkin.ee.codec;

import java.util.Objects;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * What the annotations of a v1 span say of its kind, its time and its two ends, where all of them
 * are of one host: then it is one v2 span. The rules are those of zipkin2's
 * {@code V1SpanConverter}. A span with both sides, or with more than one host, is
 * {@link FastPathUnsupportedException}. Used by one thread.
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

    private final SpanColumns spans;
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

    V1SpanAssembler(SpanColumns spans) {
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

    /** An endpoint that an annotation or a tag is of, 0 for none. */
    void host(int endpoint) {
        if (endpoint == 0 || endpoint == local) {
            return;
        }
        if (local != 0 && !spans.endpoint(local).equals(spans.endpoint(endpoint))) {
            throw new FastPathUnsupportedException();
        }
        local = endpoint;
    }

    /** Whether two letters are a core annotation; its time is remembered. */
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

    /** The host at the other end by the first letter of sa, ca or ma; 0 says nothing. */
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

    /** After all fields: tells the span what they say. */
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
        spans.setLocalEndpoint(local);
    }

    /** A start that is missing is the span's, if its end is the span's. */
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
            spans.annotation(micros, spans.text(value));
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
            Endpoint here = spans.endpoint(local);
            Endpoint there = spans.endpoint(clientAddress);
            if (!there.equals(here)) {
                spans.setRemoteEndpoint(
                        Objects.equals(there.serviceName(), here.serviceName())
                                ? spans.endpoint(
                                        there.toBuilder().serviceName(null).build())
                                : clientAddress);
            }
        }
        if (serverAddress != 0 && client) {
            spans.setRemoteEndpoint(serverAddress);
        }
        if (messageAddress != 0 && (messageSend | messageReceive) != 0) {
            spans.setRemoteEndpoint(messageAddress);
        }
    }

    private void addressesAlone() {
        if (clientAddress != 0 && serverAddress != 0) {
            host(clientAddress);
            spans.setRemoteEndpoint(serverAddress);
        } else if (serverAddress != 0) {
            spans.setRemoteEndpoint(serverAddress);
        } else {
            spans.kind(Span.Kind.SERVER);
            spans.setRemoteEndpoint(clientAddress);
        }
    }
}
