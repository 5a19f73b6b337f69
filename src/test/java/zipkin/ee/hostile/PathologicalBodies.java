package zipkin.ee.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import zipkin.ee.codec.Encoding;

/**
 * Bodies made by hand to cost a reader far more than their size: found by experiment with zipkin2's
 * decoders, each of which is slow, runs out of stack or never ends on some of them, or refuses the
 * rest quickly.
 */
public final class PathologicalBodies {
    private static final String SPAN = "\"traceId\":\"1\",\"id\":\"1\"";

    private PathologicalBodies() {}

    /** A body and what it claims to be. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Body(String name, Encoding encoding, byte[] bytes) {
        @Override
        public String toString() {
            return encoding + " " + name + " of " + bytes.length + " bytes";
        }
    }

    /** All shapes, each of about {@code size} bytes where its length matters. */
    public static List<Body> all(int size) {
        List<Body> all = new ArrayList<>();
        structure(all, size);
        numbersAndText(all, size);
        jsonV1(all, size);
        thrift(all, size);
        proto3(all, size);
        return all;
    }

    private static void structure(List<Body> all, int size) {
        v2(all, "empty objects", list("{}", size));
        v2(all, "smallest spans", list("{" + SPAN + "}", size));
        v2(all, "open lists", "[".repeat(size));
        v2(all, "open objects", "[" + "{\"a\":".repeat(size / 5));
        v2(all, "unknown nested lists", span("\"x\":" + "[".repeat(size / 2) + "]".repeat(size / 2)));
        v2(all, "unknown nested objects", span("\"x\":" + "{\"a\":".repeat(size / 6) + "1" + "}".repeat(size / 6)));
        v2(all, "white space", "[" + " ".repeat(size) + "]");
        v2(all, "bracket then zeros", "[" + "\0".repeat(size));
        v2(all, "open string", "[{\"" + "a".repeat(size));
        v2(all, "backslashes", "[{\"" + "\\".repeat(size));
        v2(all, "repeated fields", span(repeat(size, i -> "\"name\":\"N\",") + "\"name\":\"x\""));
        v2(all, "repeated endpoints", span(repeat(size, i -> "\"localEndpoint\":{\"port\":1},") + "\"name\":\"x\""));
        v2(
                all,
                "annotations",
                span("\"annotations\":[" + repeat(size, i -> "{\"timestamp\":9,\"value\":\"" + (i & 7) + "\"},")
                        + "{\"timestamp\":1,\"value\":\"\"}]"));
        v2(all, "tags", span("\"tags\":{" + repeat(size, i -> "\"" + i + "\":\"\",") + "\"a\":\"\"}"));
        v2(
                all,
                "tags of one hash",
                span("\"tags\":{" + repeat(size, i -> "\"" + collision(i) + "\":\"\",") + "\"a\":\"\"}"));
    }

    private static void numbersAndText(List<Body> all, int size) {
        String zeros = "0".repeat(size);
        v2(all, "long number", span("\"timestamp\":" + "1".repeat(size)));
        v2(all, "long quoted number", span("\"timestamp\":\"" + "1".repeat(size) + "\""));
        v2(all, "long fraction", span("\"timestamp\":\"0." + zeros + "1e" + (size + 3) + "\""));
        v2(all, "great exponent", span("\"timestamp\":1e999999999"));
        v2(all, "great quoted exponent", span("\"timestamp\":\"1e999999999\",\"duration\":\"1e-999999999\""));
        v2(
                all,
                "halfway decimals",
                span(repeat(size, i -> "\"timestamp\":\"9007199254740993" + "0".repeat(1000) + "1e-1001\",")
                        + "\"duration\":1"));
        v2(all, "escapes", span("\"name\":\"" + "\\u0041".repeat(size / 6) + "\""));
        v2(all, "capitals", span("\"name\":\"" + "A".repeat(size) + "\""));
        v2(all, "capital sigmas", span("\"name\":\"" + "Σ".repeat(size / 2) + "\""));
        v2(all, "escaped capital sigmas", span("\"n\\u0061me\":\"" + "\\u03A3".repeat(size / 6) + "\""));
        v2(
                all,
                "short names of capital sigmas",
                span(repeat(size, i -> "\"name\":\"" + "Σ".repeat(50) + "\",") + "\"name\":\"\""));
        v2(all, "dotted capital Is", span("\"localEndpoint\":{\"serviceName\":\"" + "İ".repeat(size / 2) + "\"}"));
        v2(all, "wrong IPv6", span("\"localEndpoint\":{" + repeat(size, i -> "\"ipv6\":\"fffff::\",") + "\"port\":1}"));
        v2(all, "colons as IPv6", span("\"localEndpoint\":{\"ipv6\":\"" + ":".repeat(size) + "\"}"));
        v2(all, "long kind", span("\"kind\":\"" + "A".repeat(size) + "\""));
        v2(all, "lone surrogates", span("\"name\":\"" + "\\ud801A".repeat(size / 7) + "\""));
        String malformed = span("\"name\":\"" + "\u00f0\u0090".repeat(size / 2) + "\"");
        all.add(new Body("malformed UTF-8", Encoding.JSON_V2, malformed.getBytes(ISO_8859_1)));
    }

    private static void jsonV1(List<Body> all, int size) {
        IntFunction<String> annotation =
                i -> "{\"timestamp\":1,\"value\":\"\",\"endpoint\":{\"serviceName\":\"s" + i + "\"}},";
        String last = "{\"timestamp\":1,\"value\":\"\"}]";
        v1(all, "service names", span("\"annotations\":[" + repeat(size, annotation) + last));
        v1(
                all,
                "binary annotations",
                span("\"binaryAnnotations\":["
                        + repeat(
                                size,
                                i -> "{\"key\":\"k" + i + "\",\"value\":\"\",\"endpoint\":{\"serviceName\":\"s" + i
                                        + "\"}},")
                        + "{\"key\":\"a\",\"value\":\"\"}]"));
        v1(
                all,
                "long name, some sides",
                span("\"name\":\"" + "A".repeat(size) + "\",\"annotations\":[" + repeat(3500, annotation) + last));
        v1(
                all,
                "annotations",
                span("\"annotations\":[" + repeat(size, i -> "{\"timestamp\":9,\"value\":\"" + (i & 7) + "\"},")
                        + last));
        v1(all, "wrong id", "[{\"traceId\":\"" + "x".repeat(size) + "\"}]");
    }

    private static void thrift(List<Body> all, int size) {
        all.add(new Body(
                "lists of nothing", Encoding.THRIFT, thrift(repeated(size, 15, 0, 99, 1, 0x7f, 255, 255, 255))));
        all.add(new Body(
                "maps of nothing", Encoding.THRIFT, thrift(repeated(size, 13, 0, 99, 1, 1, 0x7f, 255, 255, 255))));
        all.add(new Body("list beyond the end", Encoding.THRIFT, thrift(bytes(15, 0, 99, 2, 0x7f, 255, 255, 255))));
        all.add(new Body("nested structs", Encoding.THRIFT, thrift(repeated(size, 12, 0, 99))));
        all.add(new Body(
                "nested lists", Encoding.THRIFT, thrift(join(bytes(15, 0, 99), repeated(size, 15, 0, 0, 0, 1)))));
        all.add(new Body("backward string", Encoding.THRIFT, thrift(bytes(11, 0, 99, 255, 255, 255, 249, 0))));
        all.add(new Body("endless spans", Encoding.THRIFT, join(bytes(12, 0x7f, 255, 255, 255), new byte[size])));
        all.add(new Body(
                "endless annotations",
                Encoding.THRIFT,
                thrift(join(bytes(15, 0, 6, 12, 0x7f, 255, 255, 255), new byte[size]))));
        all.add(new Body("long string", Encoding.THRIFT, thrift(bytes(11, 0, 3, 0x7f, 255, 255, 255))));
        all.add(new Body(
                "capital sigmas",
                Encoding.THRIFT,
                thrift(join(
                        join(bytes(11, 0, 3), SpanMutator.fixed(size / 2 * 2)),
                        join("Σ".repeat(size / 2).getBytes(UTF_8), bytes(0))))));
        ByteArrayOutputStream annotations = new ByteArrayOutputStream();
        int count = size / 36;
        annotations.writeBytes(bytes(15, 0, 6, 12));
        annotations.writeBytes(SpanMutator.fixed(count));
        for (int i = 0; i < count; i++) {
            annotations.writeBytes(bytes(10, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 11, 0, 2, 0, 0, 0, 0, 12, 0, 3, 11, 0, 3));
            annotations.writeBytes(SpanMutator.fixed(6));
            annotations.writeBytes(String.format("%06x", i).getBytes(UTF_8));
            annotations.writeBytes(bytes(0, 0));
        }
        annotations.write(0);
        all.add(new Body("service names", Encoding.THRIFT, thrift(annotations.toByteArray())));
    }

    private static void proto3(List<Body> all, int size) {
        byte[] ids = bytes(0x0a, 1, 1, 0x1a, 1, 1);
        all.add(new Body("one byte", Encoding.PROTO3, bytes(10)));
        all.add(new Body("smallest spans", Encoding.PROTO3, repeated(size, 0x0a, 6, 0x0a, 1, 1, 0x1a, 1, 1)));
        all.add(new Body(
                "backward field", Encoding.PROTO3, proto3(join(ids, bytes(0xfa, 1, 0xf9, 255, 255, 255, 15)))));
        all.add(new Body(
                "backward field with tags",
                Encoding.PROTO3,
                proto3(join(ids, bytes(0x5a, 3, 0x0a, 1, 'a', 0xfa, 1, 0xf4, 255, 255, 255, 15)))));
        all.add(new Body("tags", Encoding.PROTO3, proto3(join(ids, repeated(size, 0x5a, 3, 0x0a, 1, 'a')))));
        all.add(new Body("empty fields", Encoding.PROTO3, proto3(join(ids, repeated(size, 0x5a, 0)))));
        all.add(new Body(
                "long varint", Encoding.PROTO3, proto3(join(ids, join(bytes(0xf8, 1), repeated(size, 0x80))))));
        all.add(new Body("nested groups", Encoding.PROTO3, proto3(join(ids, repeated(size, 0x0b)))));
        all.add(new Body("great length", Encoding.PROTO3, bytes(0x0a, 255, 255, 255, 255, 7)));
        all.add(new Body("negative length", Encoding.PROTO3, bytes(0x0a, 255, 255, 255, 255, 15)));
        byte[] sigmas = "Σ".repeat(size / 2).getBytes(UTF_8);
        all.add(new Body(
                "capital sigmas",
                Encoding.PROTO3,
                proto3(join(ids, join(join(bytes(0x2a), SpanMutator.varint(sigmas.length)), sigmas)))));
    }

    private static void v2(List<Body> all, String name, String body) {
        all.add(new Body(name, Encoding.JSON_V2, body.getBytes(UTF_8)));
    }

    private static void v1(List<Body> all, String name, String body) {
        all.add(new Body(name, Encoding.JSON_V1, body.getBytes(UTF_8)));
    }

    private static String span(String fields) {
        return "[{" + SPAN + "," + fields + "}]";
    }

    private static String list(String element, int size) {
        return "[" + (element + ",").repeat(size / (element.length() + 1)) + element + "]";
    }

    private static String repeat(int size, IntFunction<String> part) {
        StringBuilder all = new StringBuilder(size + 100);
        for (int i = 0; all.length() < size; i++) {
            all.append(part.apply(i));
        }
        return all.toString();
    }

    /** The i-th of the strings that have one hash code. */
    private static String collision(int i) {
        StringBuilder key = new StringBuilder();
        for (int bit = 0; bit < 18; bit++) {
            key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return key.toString();
    }

    /** A list of one span with ids and then {@code fields}, which should end the span. */
    private static byte[] thrift(byte[] fields) {
        byte[] ids = bytes(12, 0, 0, 0, 1, 10, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 10, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1);
        return join(ids, fields);
    }

    private static byte[] proto3(byte[] span) {
        return join(join(bytes(0x0a), SpanMutator.varint(span.length)), span);
    }

    private static byte[] repeated(int size, int... unit) {
        byte[] part = bytes(unit);
        ByteArrayOutputStream all = new ByteArrayOutputStream(size + part.length);
        while (all.size() < size) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] join(byte[] head, byte[] tail) {
        return SpanMutator.join(head, tail);
    }
}
