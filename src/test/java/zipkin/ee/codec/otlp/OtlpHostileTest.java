package zipkin.ee.codec.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static zipkin.ee.codec.otlp.OtlpMessages.*;
import static zipkin.ee.codec.otlp.OtlpProtobufTest.field;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpanSize;
import zipkin.ee.hostile.Fuzzing;
import zipkin.ee.hostile.SpanMutator;

class OtlpHostileTest {
    /** Whole requests of many spans, so fewer than of lists. */
    private static final int MUTATIONS = Math.max(100, Fuzzing.MUTATIONS / 5);

    private final OtlpReader reader = new OtlpReader(OtlpMapping.defaults());

    private static void enough(long bytes) {}

    /** Reads one encoding of traces or logs. */
    @FunctionalInterface
    private interface Read {
        Object read(byte[] body);
    }

    @Test
    void tagBomb_ofOneResource_isRefused() {
        ExportTraceServiceRequest bomb = bomb(1_000, 501, "v");
        assertRefused(
                bomb,
                "500000 tags, annotations and links in a message,"
                        + " with resource attributes counted for each span,");
        assertThat(read(bomb(1_000, 499, "v")).spans()).hasSize(499);
    }

    @Test
    void tagBomb_ofOneLongAttribute_isRefused() {
        assertRefused(
                bomb(1, 600, "v".repeat(1 << 20)),
                "512 MiB of spans in a message, with resource attributes counted for each span,");
    }

    @Test
    void tagBomb_whenThereIsNoRoom_isStoppedEarly() {
        long limit = 10 << 20;
        List<Long> totals = new ArrayList<>();
        LongConsumer room = bytes -> {
            totals.add(bytes);
            if (bytes > limit) {
                throw new IllegalStateException("no room");
            }
        };
        ExportTraceServiceRequest bomb = bomb(1, 400, "v".repeat(1 << 20));
        assertThatThrownBy(() -> reader.readProtobuf(bomb.toByteArray(), room)).hasMessage("no room");
        assertThat(totals).isSorted().hasSize(10);
        totals.clear();
        assertThatThrownBy(() -> reader.readJson(json(bomb), room)).hasMessage("no room");
        assertThat(totals).isSorted().hasSizeLessThan(13);
    }

    @Test
    void room_ofASmallMessage_isItsSize() {
        List<Long> totals = new ArrayList<>();
        OtlpTraces traces = reader.readProtobuf(request(span(), span()).toByteArray(), totals::add);
        assertThat(totals).containsExactly(SpanSize.of(traces.spans()));
    }

    @Test
    void spans_beyond250000_areRefused() {
        assertThat(spans(250_000).refused()).isEqualTo(250_000);
        assertThatThrownBy(() -> spans(250_001))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessageStartingWith("Refused: more than 250000 spans or log records in a message at ");
        String json = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{}" + ",{}".repeat(250_000) + "]}]}]}";
        assertThatThrownBy(() -> OtlpMessages.readJson(json))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessageStartingWith("Refused: more than 250000 spans or log records in a message at ");
    }

    private OtlpTraces spans(int count) {
        byte[] scope = new byte[2 * count];
        for (int i = 0; i < count; i++) {
            scope[2 * i] = (2 << 3) | 2;
        }
        return reader.readProtobuf(field(1, field(2, scope)), OtlpHostileTest::enough);
    }

    @Test
    void nesting_of10000Levels_isRefused() {
        byte[] value = new byte[0];
        for (int i = 0; i < 10_000; i++) {
            value = field(5, field(1, value));
        }
        byte[] attribute = field(9, field(2, value));
        OtlpTraces traces = reader.readProtobuf(
                field(1, field(2, field(2, OtlpProtobufTest.join(span().build().toByteArray(), attribute)))),
                OtlpHostileTest::enough);
        assertThat(traces.refusal()).startsWith("1 of 1 spans refused: attribute of more than 255 levels (1);");

        byte[] resource = field(1, field(1, field(1, field(2, value))));
        assertThatThrownBy(() -> reader.readProtobuf(resource, OtlpHostileTest::enough))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessageStartingWith(
                        "Refused: more than 255 levels of nesting in an attribute of a resource or a scope");

        String open = "{\"arrayValue\":{\"values\":[".repeat(10_000);
        for (String json : List.of(
                spanJson("\"attributes\":[{\"value\":" + open),
                spanJson("\"unknown\":" + "[".repeat(10_000)),
                "[".repeat(10_000))) {
            assertThatThrownBy(() -> OtlpMessages.readJson(json))
                    .isInstanceOf(MalformedSpansException.class)
                    .hasMessageMatching(
                            "(Refused: Document nesting depth \\(1101\\) exceeds the maximum allowed \\(1100\\)"
                                    + "|Malformed: expected an object) at character \\d+ reading OTLP from JSON");
        }
    }

    @Test
    void names_ofCostlyLetters_areBounded() {
        assertThat(read(span().setName("Σ".repeat(5_000))).name()).hasSize(5_000);
        assertRefused(
                request(span().setName("Σ".repeat(10_000))), "50000000 steps to turn Σ and İ in names into lower case");
        assertRefused(
                request(span().setKindValue(3)
                        .addAllAttributes(List.of(attribute("peer.service", "İ".repeat(255))))
                        .setName("İ".repeat(6_950))),
                "50000000 steps to turn Σ and İ in names into lower case");
    }

    @Test
    void message_cutAtEachByte_isReadOrRefused() {
        ExportTraceServiceRequest request = new RandomMessages(7).next();
        cut(request.toByteArray(), body -> reader.readProtobuf(body, OtlpHostileTest::enough), false);
        cut(json(request), body -> reader.readJson(body, OtlpHostileTest::enough), true);
    }

    private static void cut(byte[] whole, Read read, boolean everyCutIsMalformed) {
        assertThat(whole.length).isGreaterThan(500);
        read.read(whole);
        int refused = 0;
        for (int length = 0; length < whole.length; length++) {
            refused += outcome(Arrays.copyOf(whole, length), read) == null ? 1 : 0;
        }
        // A protobuf message may end between two resources.
        assertThat(refused).isBetween(everyCutIsMalformed ? whole.length : whole.length - 3, whole.length);
    }

    @Test
    void mutations_ofProtobuf_areReadOrRefused() {
        mutate(protobuf(), this::readProtobufAndColumns, 11);
    }

    private OtlpTraces readProtobufAndColumns(byte[] body) {
        try {
            OtlpTraces traces = reader.readProtobuf(body, OtlpHostileTest::enough);
            OtlpMessages.expectColumns(body, reader, traces);
            return traces;
        } catch (MalformedSpansException e) {
            assertThat(reader.readColumns(body, new SpanColumns(), OtlpHostileTest::enough))
                    .isFalse();
            throw e;
        }
    }

    @Test
    void mutations_ofJson_areReadOrRefused() {
        List<byte[]> corpus = new ArrayList<>();
        RandomMessages messages = new RandomMessages(3);
        for (int i = 0; i < 50; i++) {
            corpus.add(json(messages.next()));
        }
        mutate(corpus, body -> reader.readJson(body, OtlpHostileTest::enough), 12);
    }

    @Test
    void mutations_readAsLogs_areReadOrRefused() {
        mutate(protobuf(), reader::readLogsProtobuf, 13);
    }

    private static List<byte[]> protobuf() {
        List<byte[]> corpus = new ArrayList<>();
        RandomMessages messages = new RandomMessages(2);
        for (int i = 0; i < 50; i++) {
            corpus.add(messages.next().toByteArray());
        }
        return corpus;
    }

    private static void mutate(List<byte[]> corpus, Read read, long seed) {
        SpanMutator mutator = new SpanMutator(corpus, seed);
        int accepted = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            accepted += outcome(mutator.next(), read) == null ? 0 : 1;
        }
        assertThat(accepted).isBetween(1, MUTATIONS - 1);
    }

    /** Null if the message is malformed, which has to be said in one short line. */
    private static @Nullable Object outcome(byte[] body, Read read) {
        try {
            return read.read(body);
        } catch (MalformedSpansException e) {
            assertThat(e.getMessage())
                    .matches(
                            "(Malformed|Refused): [^\\p{Cntrl}]{1,280} at (byte|character) \\d+ reading OTLP from \\w+");
            return null;
        }
    }

    private void assertRefused(ExportTraceServiceRequest request, String limit) {
        String message = "Refused: more than " + limit + " at ";
        assertThatThrownBy(() -> reader.readProtobuf(request.toByteArray(), OtlpHostileTest::enough))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessageStartingWith(message);
        assertThatThrownBy(() -> reader.readJson(json(request), OtlpHostileTest::enough))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessageStartingWith(message);
    }

    private static ExportTraceServiceRequest bomb(int attributes, int spans, String value) {
        Resource.Builder resource = Resource.newBuilder();
        for (int i = 0; i < attributes; i++) {
            KeyValue attribute = attribute("k" + i, value);
            resource.addAttributes(attribute);
        }
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        Span span = span().build();
        for (int i = 0; i < spans; i++) {
            scope.addSpans(span);
        }
        return request(resource, scope);
    }
}
