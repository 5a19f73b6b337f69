package zipkin.ee.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import zipkin.ee.codec.Encoding;
import zipkin2.Annotation;
import zipkin2.Span;
import zipkin2.TestObjects;
import zipkin2.codec.SpanBytesEncoder;

/** Spoils good messages of one encoding in ways that a seed determines. Not thread-safe. */
public final class SpanMutator {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int[] LENGTHS = {
        0,
        1,
        2,
        16,
        17,
        127,
        128,
        255,
        256,
        257,
        65535,
        65536,
        -1,
        -2,
        -5,
        -16,
        -128,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        Integer.MIN_VALUE + 8,
        0x0fffffff,
        0x7fffffff - 64,
        1 << 24
    };
    private static final List<byte[]> TOKENS = tokens();

    private final SplittableRandom random;
    private final List<byte[]> corpus;

    public SpanMutator(Encoding encoding, long seed) {
        this(corpus(encoding), seed);
    }

    /** Spoils these good messages, which may be of any kind. */
    public SpanMutator(List<byte[]> corpus, long seed) {
        this.random = new SplittableRandom(seed);
        this.corpus = corpus;
    }

    /**
     * Good messages: what zipkin2 writes for its own test objects, from one small span to a trace.
     */
    public static List<byte[]> corpus(Encoding encoding) {
        SpanBytesEncoder encoder = SpanBytesEncoder.valueOf(encoding.name());
        List<byte[]> corpus = new ArrayList<>();
        for (List<Span> spans : List.of(
                List.of(TestObjects.CLIENT_SPAN),
                List.of(Span.newBuilder().traceId("1").id("2").build()),
                TestObjects.TRACE,
                List.of(busySpan()))) {
            corpus.add(encoder.encodeList(spans));
        }
        return corpus;
    }

    /** A span with every field, text beyond ASCII, and many tags and annotations. */
    public static Span busySpan() {
        Span.Builder span = TestObjects.CLIENT_SPAN.toBuilder()
                .name("ΟΔΟΣ İstanbul \"quoted\\\"")
                .debug(true)
                .clearTags()
                .clearAnnotations();
        for (int i = 0; i < 20; i++) {
            span.putTag("key." + i, "välue \u20ac \ud83d\ude00 " + "x".repeat(i * i));
        }
        for (Annotation annotation : TestObjects.CLIENT_SPAN.annotations()) {
            span.addAnnotation(annotation.timestamp(), annotation.value());
        }
        return span.build();
    }

    /** The next spoilt message, at most 64 KiB. */
    public byte[] next() {
        byte[] body = pick(corpus).clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            body = mutate(body);
        }
        return body.length <= MAX_BYTES ? body : slice(body, 0, MAX_BYTES);
    }

    private byte[] mutate(byte[] body) {
        if (body.length < 2) {
            return pick(corpus).clone();
        }
        return switch (random.nextInt(9)) {
            case 0, 1 -> flipBits(body);
            case 2 -> slice(body, 0, random.nextInt(1, body.length));
            case 3 -> splice(body, pick(corpus));
            case 4 -> overwrite(body, fixed(pickLength(body)));
            case 5 -> overwrite(body, varint(pickLength(body)));
            case 6 -> repeat(body);
            case 7 -> insert(body, random.nextInt(body.length), pick(TOKENS));
            default -> cut(body);
        };
    }

    private byte[] flipBits(byte[] body) {
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return body;
    }

    private byte[] splice(byte[] head, byte[] tail) {
        return join(slice(head, 0, random.nextInt(head.length)), slice(tail, random.nextInt(tail.length), tail.length));
    }

    /** A field or part of one, many times. */
    private byte[] repeat(byte[] body) {
        int from = random.nextInt(body.length);
        int to = Math.min(body.length, from + random.nextInt(1, 80));
        ByteArrayOutputStream repeated = new ByteArrayOutputStream();
        for (int i = random.nextInt(1, 60); i > 0; i--) {
            repeated.write(body, from, to - from);
        }
        return insert(body, to, repeated.toByteArray());
    }

    private byte[] cut(byte[] body) {
        int from = random.nextInt(body.length);
        int to = Math.min(body.length, from + random.nextInt(1, 20));
        return join(slice(body, 0, from), slice(body, to, body.length));
    }

    private byte[] overwrite(byte[] body, byte[] bytes) {
        int at = random.nextInt(body.length);
        System.arraycopy(bytes, 0, body, at, Math.min(bytes.length, body.length - at));
        return body;
    }

    private byte[] insert(byte[] body, int at, byte[] bytes) {
        return join(join(slice(body, 0, at), bytes), slice(body, at, body.length));
    }

    private int pickLength(byte[] body) {
        return random.nextBoolean() ? LENGTHS[random.nextInt(LENGTHS.length)] : random.nextInt(-64, body.length + 64);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    static byte[] fixed(int value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }

    static byte[] varint(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    private static byte[] slice(byte[] body, int from, int to) {
        return Arrays.copyOfRange(body, from, to);
    }

    static byte[] join(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }

    private static List<byte[]> tokens() {
        List<byte[]> tokens = new ArrayList<>();
        for (String text : List.of(
                "{",
                "}",
                "[",
                "]",
                "\"",
                "\\",
                ":",
                ",",
                "null",
                "true",
                "-1",
                "1e999",
                "\"a\":",
                "[[[[[[[[",
                "{\"a\":{\"a\":",
                "\\u03a3",
                "Σ",
                "İ",
                "\\ud800",
                "\u0000",
                "\"name\":\"Σ\",",
                "\"serviceName\":\"S\",",
                "\"ipv6\":\"fffff::\",",
                "\"tags\":{\"a\":null},",
                "\"timestamp\":\"1.0e3\",")) {
            tokens.add(text.getBytes(StandardCharsets.UTF_8));
        }
        // thrift: a list of two billion nothings
        tokens.add(new byte[] {15, 0, 99, 1, 0x7f, -1, -1, -1});
        tokens.add(new byte[] {15, 0, 99, 2, 0x7f, -1, -1, -1}); // the same of booleans
        tokens.add(new byte[] {13, 0, 99, 1, 1, 0, 0, 1, 0}); // a map of nothings
        tokens.add(new byte[] {11, 0, 99, -1, -1, -1, -8}); // an unknown string of length -8
        tokens.add(new byte[] {12, 0, 99, 12, 0, 99, 12, 0, 99, 0, 0, 0}); // nested structs
        // proto3: an unknown field of length -8
        tokens.add(new byte[] {(byte) 0xfa, 1, -8, -1, -1, -1, 15});
        tokens.add(new byte[] {(byte) 0xfa, 1, 2, 1, 1}); // an unknown field
        return tokens;
    }
}
