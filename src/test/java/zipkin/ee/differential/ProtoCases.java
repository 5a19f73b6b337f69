package zipkin.ee.differential;

import static zipkin.ee.differential.Bodies.bytes;
import static zipkin.ee.differential.Bodies.concat;
import static zipkin.ee.differential.Bodies.utf8;
import static zipkin.ee.differential.ProtoBytes.fixed32;
import static zipkin.ee.differential.ProtoBytes.fixed64;
import static zipkin.ee.differential.ProtoBytes.id;
import static zipkin.ee.differential.ProtoBytes.message;
import static zipkin.ee.differential.ProtoBytes.number;
import static zipkin.ee.differential.ProtoBytes.text;
import static zipkin.ee.differential.ProtoBytes.varint;

import java.util.ArrayList;
import java.util.List;

/**
 * Protocol Buffers written by hand: every field with good and bad values, unknown fields of every
 * wire type.
 */
final class ProtoCases {
    private final List<Case> cases = new ArrayList<>();
    private int nextTrace = 0x3f0001;

    private ProtoCases() {}

    static List<Case> all() {
        ProtoCases source = new ProtoCases();
        source.ids();
        source.scalars();
        source.endpoints();
        source.annotationsAndTags();
        source.unknownFields();
        source.lists();
        return source.cases;
    }

    private void ids() {
        byte[] span = ProtoBytes.bytes(3, id(10));
        whole(
                "trace of 16 bytes",
                message(1, ProtoBytes.bytes(1, concat(id(63), id(64))), span),
                "000000000000003f0000000000000040");
        whole("trace of 16 bytes, high 0", message(1, ProtoBytes.bytes(1, concat(id(0), id(0x3f64))), span), "3f64");
        for (int length : List.of(0, 1, 4, 7, 9, 15, 17, 32)) {
            whole("trace of " + length + " bytes", message(1, ProtoBytes.bytes(1, new byte[length]), span), "dead");
            span("id again of " + length + " bytes", ProtoBytes.bytes(3, filled(length)));
            span("parent of " + length + " bytes", ProtoBytes.bytes(2, filled(length)));
        }
        whole("trace all zeros", message(1, ProtoBytes.bytes(1, id(0)), span), "dead");
        whole("no trace", message(1, span), "dead");
        whole("no id", message(1, ProtoBytes.bytes(1, id(0x3f0000))), "3f0000");
        whole("no fields", message(1), "dead");
        span("parent", ProtoBytes.bytes(2, id(9)));
        span("parent all zeros", ProtoBytes.bytes(2, id(0)));
        span("parent equal to the span", ProtoBytes.bytes(2, id(10)));
        span("parent empty", ProtoBytes.bytes(2, new byte[0]));
    }

    private void scalars() {
        for (long kind : List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 99L, -1L)) {
            span("kind " + kind, number(4, kind));
        }
        span("name", text(5, "GET /Über \ud83d\ude00"));
        span("name empty", text(5, ""));
        span("name that is not UTF-8", ProtoBytes.bytes(5, bytes(0xff, 0xc0)));
        span("name twice", text(5, "a"), text(5, "b"));
        for (long value : List.of(0L, 1L, -1L, Moment.START_MICROS, Long.MAX_VALUE)) {
            span("timestamp " + (value == Moment.START_MICROS ? "now" : value), fixed64(6, value));
            span("duration " + (value == Moment.START_MICROS ? "now" : value), number(7, value));
        }
        for (long flag : List.of(0L, 1L, 2L)) {
            span("debug " + flag, number(12, flag));
            span("shared " + flag, number(13, flag));
        }
        span("shared on a client", number(4, 1), number(13, 1));
        span("shared on a server", number(4, 2), number(13, 1));
    }

    private void endpoints() {
        byte[] ipv6 = bytes(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc0, 1);
        byte[] mapped = bytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4);
        for (int field : List.of(8, 9)) {
            String side = field == 8 ? "local " : "remote ";
            span(side + "empty", message(field));
            span(side + "service", message(field, text(1, "Web")));
            span(side + "service empty", message(field, text(1, "")));
            span(
                    side + "whole",
                    message(
                            field,
                            text(1, "web"),
                            ProtoBytes.bytes(2, bytes(10, 0, 0, 1)),
                            ProtoBytes.bytes(3, ipv6),
                            number(4, 80)));
            span(side + "mapped address", message(field, ProtoBytes.bytes(3, mapped)));
            span(side + "ipv4 of 3 bytes", message(field, ProtoBytes.bytes(2, bytes(1, 2, 3))));
            span(side + "ipv6 of 4 bytes", message(field, ProtoBytes.bytes(3, bytes(1, 2, 3, 4))));
            span(side + "ipv4 of 16 bytes", message(field, ProtoBytes.bytes(2, ipv6)));
            for (long port : List.of(0L, 65535L, 65536L, -1L)) {
                span(side + "port " + port, message(field, number(4, port)));
            }
            span(side + "unknown field", message(field, number(9, 1), text(1, "web")));
        }
    }

    private void annotationsAndTags() {
        span("annotation", message(10, fixed64(1, 5), text(2, "x")));
        span(
                "annotations unsorted and repeated",
                message(10, fixed64(1, 5), text(2, "b")),
                message(10, fixed64(1, 4), text(2, "c")),
                message(10, fixed64(1, 5), text(2, "b")));
        span("annotation without value", message(10, fixed64(1, 5)));
        span("annotation without time", message(10, text(2, "x")));
        span("annotation empty", message(10));
        span("tag", message(11, text(1, "k"), text(2, "v")));
        span("tag twice", message(11, text(1, "k"), text(2, "v")), message(11, text(1, "k"), text(2, "w")));
        span("tag without value", message(11, text(1, "k")));
        span("tag without key", message(11, text(2, "v")));
        span("tag empty", message(11));
        span("tag value first", message(11, text(2, "v"), text(1, "k")));
        span("tag with an unknown field", message(11, text(1, "k"), number(9, 1), text(2, "v")));
    }

    private void unknownFields() {
        span("unknown varint", number(99, 1));
        span("unknown fixed64", fixed64(99, 1));
        span("unknown bytes", text(99, "x"));
        span("unknown fixed32", fixed32(99, 1));
        for (int wireType : List.of(3, 4, 6, 7)) {
            span("wire type " + wireType, varint(99 << 3 | wireType), varint(0));
        }
        span("field number 0", varint(0), varint(0));
        span("a known field of another type", number(5, 1));
        span("a timestamp as varint", number(6, 1));
        span(
                "a varint of 11 bytes",
                concat(varint(7 << 3), bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1)));
        span("a length of 5 GB", concat(varint(5 << 3 | 2), bytes(0xff, 0xff, 0xff, 0xff, 0x1f)));
        span("a negative length", concat(varint(5 << 3 | 2), bytes(0xff, 0xff, 0xff, 0xff, 0x0f)));
    }

    private void lists() {
        byte[] one = concat(ProtoBytes.bytes(1, id(0x3f0000ff)), ProtoBytes.bytes(3, id(1)));
        whole("two spans", concat(message(1, one), message(1, one, text(5, "other"))), "3f0000ff");
        whole("an unknown field beside the spans", concat(message(1, concat(one)), number(2, 5)), "3f0000ff");
        whole("a span that is not in a list", one, "3f0000ff");
        whole("a span and rubbish", concat(message(1, one), utf8("rubbish")), "3f0000ff");
    }

    private static byte[] filled(int length) {
        byte[] filled = new byte[length];
        java.util.Arrays.fill(filled, (byte) 7);
        return filled;
    }

    private void span(String name, byte[]... fields) {
        long trace = nextTrace++;
        whole(
                name,
                message(1, ProtoBytes.bytes(1, id(trace)), ProtoBytes.bytes(3, id(10)), concat(fields)),
                Long.toHexString(trace));
    }

    private void whole(String name, byte[] body, String trace) {
        cases.addAll(Case.post("proto3/" + name, IntakeCases.V2, body, "Content-Type: application/x-protobuf")
                .readBack(trace));
    }
}
