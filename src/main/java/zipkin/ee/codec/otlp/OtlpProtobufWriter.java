package zipkin.ee.codec.otlp;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import zipkin.ee.codec.ProtoWriter;

/** Writes the intermediate form in protobuf. What {@link OtlpProtobuf} reads is the inverse. */
final class OtlpProtobufWriter {
    private OtlpProtobufWriter() {}

    static ProtoWriter resource(String serviceName) {
        return new ProtoWriter().message(1, attribute(OtlpEndpoints.SERVICE_NAME, new OtlpValue.Text(serviceName)));
    }

    static ProtoWriter scope(String name, String version) {
        return new ProtoWriter().text(1, name).text(2, version);
    }

    static ProtoWriter span(OtlpSpan span) {
        ProtoWriter out = new ProtoWriter()
                .bytes(1, bytes(span.traceId))
                .bytes(2, bytes(span.id))
                .text(3, span.traceState)
                .bytes(4, bytes(span.parentId))
                .text(5, span.name)
                .number(6, span.kind)
                .fixed64(7, span.startNanos)
                .fixed64(8, span.endNanos);
        attributes(out, 9, span.attributes);
        out.number(10, span.droppedAttributes);
        span.events.forEach(event -> out.message(11, event(event)));
        out.number(12, span.droppedEvents);
        span.links.forEach(link -> out.message(13, link(link)));
        out.number(14, span.droppedLinks);
        if (span.statusCode != 0) {
            out.message(15, new ProtoWriter().text(2, span.statusMessage).number(3, span.statusCode));
        }
        return out;
    }

    private static ProtoWriter event(OtlpSpan.Event event) {
        ProtoWriter out = new ProtoWriter().fixed64(1, event.timeNanos).text(2, event.name);
        attributes(out, 3, event.attributes);
        return out.number(4, event.droppedAttributes);
    }

    private static ProtoWriter link(OtlpSpan.Link link) {
        ProtoWriter out = new ProtoWriter()
                .bytes(1, bytes(link.traceId))
                .bytes(2, bytes(link.id))
                .text(3, link.traceState);
        attributes(out, 4, link.attributes);
        return out.number(5, link.droppedAttributes);
    }

    private static byte[] bytes(OtlpId id) {
        return HexFormat.of().parseHex(id.hex());
    }

    private static void attributes(ProtoWriter out, int field, Map<String, OtlpValue> attributes) {
        attributes.forEach((name, value) -> out.message(field, attribute(name, value)));
    }

    private static ProtoWriter attribute(String name, OtlpValue value) {
        return new ProtoWriter().text(1, name).message(2, value(value));
    }

    private static ProtoWriter value(OtlpValue value) {
        ProtoWriter out = new ProtoWriter();
        if (value instanceof OtlpValue.Text text) {
            out.textMember(1, text.text());
        } else if (value instanceof OtlpValue.Bool bool) {
            out.numberMember(2, bool.value() ? 1 : 0);
        } else if (value instanceof OtlpValue.Int number) {
            out.numberMember(3, number.value());
        } else if (value instanceof OtlpValue.Decimal decimal) {
            out.doubleMember(4, decimal.value());
        } else if (value instanceof OtlpValue.Array array) {
            ProtoWriter values = new ProtoWriter();
            array.values().forEach(element -> values.message(1, value(element)));
            out.message(5, values);
        } else if (value instanceof OtlpValue.KeyValues map) {
            ProtoWriter members = new ProtoWriter();
            attributes(members, 1, map.members());
            out.message(6, members);
        } else if (value instanceof OtlpValue.Bytes bytes) {
            out.bytesMember(7, Base64.getDecoder().decode(bytes.text()));
        }
        return out;
    }
}
