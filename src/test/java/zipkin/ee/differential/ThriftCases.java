package zipkin.ee.differential;

import static zipkin.ee.differential.Bodies.bytes;
import static zipkin.ee.differential.Bodies.concat;
import static zipkin.ee.differential.Bodies.utf8;
import static zipkin.ee.differential.ThriftBytes.I32;
import static zipkin.ee.differential.ThriftBytes.I64;
import static zipkin.ee.differential.ThriftBytes.LIST;
import static zipkin.ee.differential.ThriftBytes.STRING;
import static zipkin.ee.differential.ThriftBytes.STRUCT;
import static zipkin.ee.differential.ThriftBytes.annotation;
import static zipkin.ee.differential.ThriftBytes.binary;
import static zipkin.ee.differential.ThriftBytes.binaryAnnotation;
import static zipkin.ee.differential.ThriftBytes.bool;
import static zipkin.ee.differential.ThriftBytes.endpoint;
import static zipkin.ee.differential.ThriftBytes.field;
import static zipkin.ee.differential.ThriftBytes.i16;
import static zipkin.ee.differential.ThriftBytes.i32;
import static zipkin.ee.differential.ThriftBytes.i64;
import static zipkin.ee.differential.ThriftBytes.list;
import static zipkin.ee.differential.ThriftBytes.string;
import static zipkin.ee.differential.ThriftBytes.struct;

import java.util.ArrayList;
import java.util.List;

/**
 * Thrift spans written by hand: core annotations, every binary annotation type, unknown and
 * mistyped fields.
 */
final class ThriftCases {
    private static final byte[] WEB = endpoint(0x0a000001, 80, "Web");
    private static final byte[] DB = endpoint(0x0a000002, 3306, "Db");

    private final List<Case> cases = new ArrayList<>();
    private int nextTrace = 0x1f0001;

    private ThriftCases() {}

    static List<Case> all() {
        ThriftCases source = new ThriftCases();
        source.annotations();
        source.binaryAnnotations();
        source.members();
        source.unknownFields();
        source.lists();
        return source.cases;
    }

    private void annotations() {
        for (String values : List.of(
                "cs",
                "sr",
                "ms",
                "mr",
                "cs cr",
                "sr ss",
                "cs ws wr cr",
                "cs sr ss cr",
                "cr cs",
                "ms ws",
                "mr wr",
                "custom")) {
            span("annotations " + values, annotationList(values, WEB));
            span(
                    "times and annotations " + values,
                    field(I64, 10, i64(Moment.START_MICROS)),
                    field(I64, 11, i64(77)),
                    annotationList(values, WEB));
        }
        span(
                "annotations of two hosts",
                field(LIST, 6, list(STRUCT, annotation(1, "cs", WEB), annotation(2, "sr", DB))));
        span(
                "an annotation without host",
                field(LIST, 6, list(STRUCT, struct(field(I64, 1, i64(5)), field(STRING, 2, string("x"))))));
        span("an annotation without value", field(LIST, 6, list(STRUCT, struct(field(I64, 1, i64(5))))));
        span("an annotation without time", field(LIST, 6, list(STRUCT, struct(field(STRING, 2, string("x"))))));
        span("no annotations", field(LIST, 6, list(STRUCT)));
    }

    private void binaryAnnotations() {
        for (int type = 0; type <= 8; type++) {
            for (byte[] value : List.of(bytes(1), bytes(0), utf8("text"), i64(7), new byte[0])) {
                span(
                        "type " + type + " of " + value.length + " bytes " + (value.length == 0 ? "" : value[0]),
                        binaryList(binaryAnnotation("key", value, type, WEB)));
            }
        }
        for (String key : List.of("sa", "ca", "ma")) {
            span("address " + key, binaryList(binaryAnnotation(key, bool(true), 0, DB)));
            span("address false " + key, binaryList(binaryAnnotation(key, bool(false), 0, DB)));
            for (String side : List.of("cs", "sr", "ms", "mr")) {
                span(
                        "address " + key + " beside " + side,
                        annotationList(side, WEB),
                        binaryList(binaryAnnotation(key, bool(true), 0, DB)));
            }
        }
        span("lc", binaryList(binaryAnnotation("lc", utf8("Thing"), 6, WEB)));
        span("lc empty", binaryList(binaryAnnotation("lc", new byte[0], 6, WEB)));
        span(
                "a binary annotation without host",
                binaryList(
                        struct(field(STRING, 1, string("k")), field(STRING, 2, string("v")), field(I32, 3, i32(6)))));
        span(
                "a binary annotation without type",
                binaryList(
                        struct(field(STRING, 1, string("k")), field(STRING, 2, string("v")), field(STRUCT, 4, WEB))));
        span(
                "a binary annotation without value",
                binaryList(struct(field(STRING, 1, string("k")), field(I32, 3, i32(6)))));
        span(
                "a binary annotation without key",
                binaryList(struct(field(STRING, 2, string("v")), field(I32, 3, i32(6)))));
    }

    private void members() {
        span("name", field(STRING, 3, string("GET /Über")));
        span("name empty", field(STRING, 3, string("")));
        span("name that is not UTF-8", field(STRING, 3, binary(bytes(0xff, 0xfe))));
        span("parent", field(I64, 5, i64(9)));
        span("parent 0", field(I64, 5, i64(0)));
        span("parent equal to the span", field(I64, 5, i64(10)));
        span("times 0", field(I64, 10, i64(0)), field(I64, 11, i64(0)));
        span("times negative", field(I64, 10, i64(-1)), field(I64, 11, i64(-1)));
        span("debug", field(ThriftBytes.BOOL, 9, bool(true)));
        span("debug false", field(ThriftBytes.BOOL, 9, bool(false)));
        span("trace_id_high 0", field(I64, 12, i64(0)));
        for (int port : List.of(0, 80, 32767, 65535)) {
            span("port " + port, field(LIST, 6, list(STRUCT, annotation(1, "cs", endpoint(0x0a000001, port, "web")))));
        }
        byte[] ipv6 = bytes(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc0, 1);
        span("ipv6", annotationList("cs", struct(field(STRING, 4, binary(ipv6)), field(STRING, 3, string("six")))));
        span(
                "ipv6 of 3 bytes",
                annotationList(
                        "cs", struct(field(STRING, 4, binary(bytes(1, 2, 3))), field(STRING, 3, string("six")))));
        span("host without anything", annotationList("cs", struct()));
        whole("trace 0", list(STRUCT, struct(field(I64, 1, i64(0)), field(I64, 4, i64(1)))), "dead");
        whole("span 0", list(STRUCT, struct(field(I64, 1, i64(0x1f0000)), field(I64, 4, i64(0)))), "1f0000");
        whole("no span id", list(STRUCT, struct(field(I64, 1, i64(0x1f0000)))), "1f0000");
        whole("no fields", list(STRUCT, struct()), "dead");
        byte[] wide = struct(field(I64, 1, i64(0x1f)), field(I64, 12, i64(0x1f)), field(I64, 4, i64(10)));
        whole("a 128-bit id", list(STRUCT, wide), "000000000000001f000000000000001f");
    }

    private void unknownFields() {
        span("unknown bool", field(ThriftBytes.BOOL, 99, bool(true)));
        span("unknown byte", field(ThriftBytes.BYTE, 99, bytes(1)));
        span("unknown double", field(ThriftBytes.DOUBLE, 99, i64(1)));
        span("unknown i16", field(ThriftBytes.I16, 99, i16(1)));
        span("unknown i32", field(I32, 99, i32(1)));
        span("unknown string", field(STRING, 99, string("x")));
        span("unknown struct", field(STRUCT, 99, struct(field(STRING, 1, string("x")), field(STRUCT, 2, struct()))));
        span("unknown list", field(LIST, 99, list(I64, i64(1), i64(2))));
        span("unknown list of structs", field(LIST, 99, list(STRUCT, struct(), struct())));
        span("unknown set", field(ThriftBytes.SET, 99, list(STRING, string("a"))));
        span("unknown map", field(ThriftBytes.MAP, 99, concat(bytes(STRING, I64), i32(1), string("a"), i64(1))));
        span("unknown empty map", field(ThriftBytes.MAP, 99, concat(bytes(STRING, I64), i32(0))));
        span("a field type that does not exist", field(7, 99, bytes(0)));
        span("a known field of another type", field(STRING, 10, string("x")));
        span("a string of a negative size", field(STRING, 3, i32(-1)));
        span("a string of a huge size", field(STRING, 3, i32(Integer.MAX_VALUE)));
        span("a list of a huge size", field(LIST, 6, concat(bytes(STRUCT), i32(Integer.MAX_VALUE))));
        span("a list of a negative size", field(LIST, 6, concat(bytes(STRUCT), i32(-1))));
        span("a list of numbers for annotations", field(LIST, 6, list(I64, i64(1))));
        span("structs nested 500 deep", field(STRUCT, 99, nested(500)));
    }

    private void lists() {
        byte[] span = struct(field(I64, 1, i64(0x1f0000)), field(I64, 4, i64(1)));
        whole("a list with less than it says", concat(bytes(STRUCT), i32(2), span), "1f0000");
        whole("a list with more than it says", concat(bytes(STRUCT), i32(1), span, span), "1f0000");
        whole(
                "a list said to hold strings",
                concat(bytes(STRING), i32(1), struct(field(I64, 1, i64(0x1f0001ff)), field(I64, 4, i64(1)))),
                "1f0001ff");
        whole("a single struct", span, "1f0000");
    }

    private static byte[] nested(int depth) {
        byte[] inner = struct();
        for (int i = 0; i < depth; i++) {
            inner = struct(field(STRUCT, 1, inner));
        }
        return inner;
    }

    private static byte[] annotationList(String values, byte[] host) {
        List<byte[]> annotations = new ArrayList<>();
        for (String value : List.of(values.split(" ", -1))) {
            annotations.add(annotation(Moment.micros(annotations.size() + 1L), value, host));
        }
        return field(LIST, 6, list(STRUCT, annotations.toArray(byte[][]::new)));
    }

    private static byte[] binaryList(byte[]... annotations) {
        return field(LIST, 8, list(STRUCT, annotations));
    }

    private void span(String name, byte[]... fields) {
        long trace = nextTrace++;
        byte[] span = struct(field(I64, 1, i64(trace)), field(I64, 4, i64(10)), concat(fields));
        whole(name, list(STRUCT, span), Long.toHexString(trace));
    }

    private void whole(String name, byte[] body, String trace) {
        cases.addAll(Case.post("thrift/" + name, IntakeCases.V1, body, "Content-Type: application/x-thrift")
                .readBack(trace));
    }
}
