package zipkin.ee.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import zipkin2.Span;

/**
 * A prebuilt POST request whose trace ids and times are overwritten in place before each sending,
 * so that every message carries traces of its own without an allocation. Not thread-safe: each
 * connection has its own.
 */
final class Message {
    private static final long HIGH_MARK = 0xf0e1d2c3b4a50000L;
    private static final long LOW_MARK = 0x8796a5b4c3d20000L;
    private static final long TIME_RANGE_MICROS = 60_000_000;

    private final Format format;
    private final byte[] request;
    private final int bodyOffset;
    private final int spans;
    private final int[] highOffsets;
    private final int[] highTraces;
    private final int[] lowOffsets;
    private final int[] lowTraces;
    private final int[] timeOffsets;
    private final long[] timeDeltasMicros;

    private Message(Format format, byte[] request, int bodyOffset, int spans, int traces, long startMicros) {
        this.format = format;
        this.request = request;
        this.bodyOffset = bodyOffset;
        this.spans = spans;
        List<int[]> highs = new ArrayList<>();
        List<int[]> lows = new ArrayList<>();
        for (int trace = 0; trace < traces; trace++) {
            find(HIGH_MARK + trace, trace, bodyOffset, highs);
            find(LOW_MARK + trace, trace, bodyOffset, lows);
        }
        this.highOffsets = column(highs, 0);
        this.highTraces = column(highs, 1);
        this.lowOffsets = column(lows, 0);
        this.lowTraces = column(lows, 1);
        if (highOffsets.length != spans || lowOffsets.length != spans) {
            throw new IllegalStateException(spans + " spans but " + lowOffsets.length + " trace ids in " + format);
        }
        this.timeOffsets = timeOffsets(bodyOffset, startMicros);
        this.timeDeltasMicros = new long[timeOffsets.length];
        for (int i = 0; i < timeOffsets.length; i++) {
            timeDeltasMicros[i] = format.time(request, timeOffsets[i]) - startMicros;
        }
    }

    /**
     * Messages of {@code size} spans: whole traces when it is a multiple of ten; else single spans,
     * ten successive messages being one trace.
     */
    static List<Message> of(Format format, int size, long seed) {
        long startMicros = System.currentTimeMillis() * 1000;
        TraceShape shape = new TraceShape(seed, startMicros);
        List<Message> messages = new ArrayList<>();
        if (size % TraceShape.SPANS == 0) {
            for (int variant = 0; variant < 20; variant++) {
                List<Span> spans = new ArrayList<>();
                for (int trace = 0; trace < size / TraceShape.SPANS; trace++) {
                    spans.addAll(shape.trace(mark(trace)));
                }
                messages.add(encode(format, spans, size / TraceShape.SPANS, startMicros));
            }
        } else {
            for (int variant = 0; variant < 10; variant++) {
                for (Span span : shape.trace(mark(0))) {
                    messages.add(encode(format, List.of(span), 1, startMicros));
                }
            }
        }
        return messages;
    }

    private static Message encode(Format format, List<Span> spans, int traces, long startMicros) {
        byte[] body = format.encode(spans);
        byte[] head = ("POST " + format.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + format.contentType
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head);
        request.writeBytes(body);
        return new Message(format, request.toByteArray(), head.length, spans.size(), traces, startMicros);
    }

    private static String mark(int trace) {
        return Long.toHexString(HIGH_MARK + trace) + Long.toHexString(LOW_MARK + trace);
    }

    /** The whole request: head and body. */
    byte[] bytes() {
        return request;
    }

    /** A copy of the body alone. */
    byte[] body() {
        return Arrays.copyOfRange(request, bodyOffset, request.length);
    }

    int spans() {
        return spans;
    }

    /** Makes its traces those numbered from {@code firstTrace} on, started at {@code nowMicros}. */
    void stamp(long firstTrace, long nowMicros) {
        long seconds = (nowMicros / 1_000_000) << 32;
        for (int i = 0; i < lowOffsets.length; i++) {
            format.putId(request, lowOffsets[i], spread(firstTrace + lowTraces[i]));
            format.putId(request, highOffsets[i], seconds | (spread(firstTrace + highTraces[i]) >>> 32));
        }
        for (int i = 0; i < timeOffsets.length; i++) {
            format.putTime(request, timeOffsets[i], nowMicros + timeDeltasMicros[i]);
        }
    }

    /**
     * A bijection that looks random (the finalizer of SplitMix64), so that distinct numbers stay
     * distinct ids.
     */
    private static long spread(long number) {
        long z = number * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private void find(long id, int trace, int bodyOffset, List<int[]> into) {
        byte[] wanted = new byte[format.idLength()];
        format.putId(wanted, 0, id);
        for (int i = bodyOffset; i <= request.length - wanted.length; i++) {
            if (Arrays.equals(request, i, i + wanted.length, wanted, 0, wanted.length)) {
                into.add(new int[] {i, trace});
                i += wanted.length - 1;
            }
        }
    }

    private int[] timeOffsets(int bodyOffset, long startMicros) {
        List<int[]> found = new ArrayList<>();
        for (int i = bodyOffset; i <= request.length - format.timeLength(); i++) {
            long delta = format.time(request, i) - startMicros;
            if (delta >= 0 && delta < TIME_RANGE_MICROS) {
                found.add(new int[] {i});
                i += format.timeLength() - 1;
            }
        }
        return column(found, 0);
    }

    private static int[] column(List<int[]> rows, int index) {
        return rows.stream().mapToInt(row -> row[index]).toArray();
    }
}
