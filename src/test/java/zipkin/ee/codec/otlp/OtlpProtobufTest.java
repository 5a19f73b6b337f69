package zipkin.ee.codec.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static zipkin.ee.codec.otlp.OtlpMessages.*;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.codec.MalformedSpansException;

class OtlpProtobufTest {
    private final OtlpReader reader = new OtlpReader(OtlpMapping.defaults());

    @Test
    void body_withoutBytes_hasNoSpans() {
        assertThat(read()).isEqualTo(new OtlpTraces(List.of(), 0, ""));
    }

    @Test
    void resourceAndScope_behindTheSpans_countForThem() {
        byte[] scoped = join(
                field(2, span().build().toByteArray()),
                field(1, InstrumentationScope.newBuilder().setName("s").build().toByteArray()));
        byte[] body = field(
                1,
                join(
                        field(2, scoped),
                        field(
                                1,
                                resource(attribute("service.name", "late"))
                                        .build()
                                        .toByteArray())));
        zipkin2.Span span = only(read(body));
        assertThat(span.localServiceName()).isEqualTo("late");
        assertThat(span.tags()).containsOnly(entry("otel.scope.name", "s"));
    }

    /** Of versions before 0.19 of the protocol. */
    @Test
    void instrumentationLibrarySpans_areIgnored() {
        byte[] spans = field(2, span().build().toByteArray());
        byte[] body = field(1, join(field(1_000, spans), field(2, spans)));
        assertThat(read(body).spans()).hasSize(1);
    }

    @Test
    void messages_inPieces_areMerged() {
        byte[] resource = join(
                field(
                        1,
                        resource(attribute("a", "1"), attribute("b", "1"))
                                .build()
                                .toByteArray()),
                field(1, resource(attribute("b", "2")).build().toByteArray()));
        byte[] scope = join(
                field(
                        1,
                        InstrumentationScope.newBuilder()
                                .setName("n")
                                .setVersion("1")
                                .build()
                                .toByteArray()),
                field(
                        1,
                        InstrumentationScope.newBuilder()
                                .setVersion("2")
                                .build()
                                .toByteArray()));
        byte[] status = join(
                field(15, Status.newBuilder().setMessage("m").build().toByteArray()),
                field(15, Status.newBuilder().setCodeValue(2).build().toByteArray()));
        byte[] value = join(
                field(1, "list".getBytes(UTF_8)),
                field(2, array(text("x")).toByteArray()),
                field(2, AnyValue.getDefaultInstance().toByteArray()),
                field(2, array(text("y")).toByteArray()));
        byte[] span =
                join(span().setName("first").build().toByteArray(), status, field(9, value), field(5, new byte[0]));
        zipkin2.Span read = only(read(field(1, join(resource, field(2, join(scope, field(2, span)))))));
        assertThat(read.name()).isNull();
        assertThat(read.tags())
                .containsOnly(
                        entry("a", "1"),
                        entry("b", "2"),
                        entry("otel.scope.name", "n"),
                        entry("otel.scope.version", "2"),
                        entry("otel.status_code", "ERROR"),
                        entry("error", "m"),
                        entry("list", "[\"x\",\"y\"]"));
    }

    @Test
    void value_ofSeveralTypes_isTheLast() {
        AnyValue unfinished = AnyValue.newBuilder().setStringValue("text").build();
        AnyValue number = AnyValue.newBuilder().setIntValue(7).build();
        byte[] both = join(unfinished.toByteArray(), number.toByteArray());
        byte[] attribute = join(field(1, "k".getBytes(UTF_8)), field(2, both));
        assertThat(only(read(ofSpan(field(9, attribute)))).tags()).containsOnly(entry("k", "7"));
    }

    @Test
    void fields_thatAreUnknown_areSkipped() {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .mergeField(
                        1_000,
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(-1)
                                .addFixed32(1)
                                .addFixed64(1)
                                .addLengthDelimited(ByteString.copyFromUtf8("x"))
                                .addGroup(UnknownFieldSet.newBuilder()
                                        .mergeField(
                                                536_870_911,
                                                UnknownFieldSet.Field.newBuilder()
                                                        .addGroup(UnknownFieldSet.getDefaultInstance())
                                                        .addVarint(5)
                                                        .build())
                                        .build())
                                .build())
                .build();
        KeyValue attribute = attribute(
                        "k", text("v").toBuilder().setUnknownFields(unknown).build())
                .toBuilder()
                .setUnknownFields(unknown)
                .build();
        Span.Builder span = span().addAttributes(attribute).setUnknownFields(unknown);
        byte[] body =
                request(span).toBuilder().setUnknownFields(unknown).build().toByteArray();
        assertThat(only(read(body)).tags()).containsOnly(entry("k", "v"));
    }

    @Test
    void profilesFields_areSkipped() {
        byte[] attribute =
                join(field(1, "k".getBytes(UTF_8)), new byte[] {3 << 3, 5}, field(2, new byte[] {8 << 3, 5}));
        assertThat(only(read(ofSpan(field(9, attribute)))).tags()).containsOnly(entry("k", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "0a, the message is cut off, 1",
        "0a05, field 1 is longer than the message, 2",
        "0affffffffffffffffff01, field 1 is longer than the message, 11",
        "0affffffffffffffffffff01, a number has more than 64 bits, 11",
        "0affffffffffffffffff02, a number has more than 64 bits, 11",
        "0801, field 1 has wire type 0 instead of 2, 1",
        "0d01020304, field 1 has wire type 5 instead of 2, 1",
        "02, no field has the number 0, 1",
        "808080801000, no field has the number 536870912, 5",
        "7e, field 15 has wire type 6, 1",
        "7c, field 15 has wire type 4, 1",
        "7b, group 15 has no end, 1",
        "7b84017c, field 16 has wire type 4, 3",
        "79010203, the message is cut off, 1",
        "[{\"traceId\":\"1\"}], field 4 is longer than the message, 4",
        "0a06120412023801, field 7 has wire type 0 instead of 1, 7"
    })
    void body_thatIsNotProtobuf_isMalformedWithThePlace(String hex, String problem, int position) {
        byte[] body = hex.startsWith("[") ? hex.getBytes(UTF_8) : HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage("Malformed: " + problem + " at byte " + position + " reading OTLP from protobuf");
    }

    @Test
    void groups_of255Levels_areTheDeepestSkipped() {
        assertThat(read(groups(255)).spans()).isEmpty();
        assertThatThrownBy(() -> read(groups(256)))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage("Refused: more than 255 levels of groups at byte 256 reading OTLP from protobuf");
    }

    private static byte[] groups(int levels) {
        return HexFormat.of().parseHex("7b".repeat(levels) + "7c".repeat(levels));
    }

    private OtlpTraces read(byte... body) {
        return reader.readProtobuf(body, bytes -> {});
    }

    /** A request of one span with ids and these fields. */
    private static byte[] ofSpan(byte[] fields) {
        return field(1, field(2, field(2, join(span().build().toByteArray(), fields))));
    }

    static byte[] field(int number, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint((number << 3) | 2, out);
        varint(value.length, out);
        out.writeBytes(value);
        return out.toByteArray();
    }

    private static void varint(int value, ByteArrayOutputStream out) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
