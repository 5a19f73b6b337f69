package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin.ee.hostile.Fuzzing;
import zipkin.ee.hostile.SpanMutator;
import zipkin2.Span;
import zipkin2.TestObjects;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

class SpanReaderTest {
    /** Fewer than elsewhere, since zipkin2 throws and formats an exception for most of them. */
    private static final int MUTATIONS = Fuzzing.MUTATIONS / 5;

    private final SpanReader reader = new SpanReader();

    @ParameterizedTest
    @EnumSource
    void read_goodMessages_equalsWhatZipkinReads(Encoding encoding) {
        for (byte[] body : SpanMutator.corpus(encoding)) {
            assertThat(reader.read(body, encoding)).isEqualTo(byZipkin(body, encoding));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON_V2", "PROTO3"})
    void read_v2Lists_roundTrip(Encoding encoding) {
        List<Span> spans = new ArrayList<>(TestObjects.TRACE);
        spans.add(TestObjects.CLIENT_SPAN);
        spans.add(SpanMutator.busySpan());

        byte[] body = SpanBytesEncoder.valueOf(encoding.name()).encodeList(spans);

        assertThat(reader.read(body, encoding)).isEqualTo(spans);
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON_V1", "THRIFT"})
    void read_v1Lists_roundTrip(Encoding encoding) {
        List<Span> spans = List.of(TestObjects.CLIENT_SPAN);

        byte[] body = SpanBytesEncoder.valueOf(encoding.name()).encodeList(spans);

        assertThat(reader.read(body, encoding)).isEqualTo(spans);
    }

    @ParameterizedTest
    @EnumSource
    void read_emptyBody_isEmpty(Encoding encoding) {
        assertThat(reader.read(new byte[0], encoding)).isEmpty();
    }

    @Test
    void read_wrongMessages_areRefusedWithTheReferencesText() {
        assertRefused("[", Encoding.JSON_V2, "End of input at line 1 column 2 path $[0] reading List<Span> from json");
        assertRefused("[{}]", Encoding.JSON_V2, "Missing : traceId id reading List<Span> from json");
        assertRefused("[[]]", Encoding.JSON_V2, "Malformed reading List<Span> from json");
        assertRefused("[{}]", Encoding.JSON_V1, "traceId == 0 reading List<Span> from json");
        assertRefused("\f", Encoding.THRIFT, "Truncated: length 4 > bytes available 0 reading List<Span> from TBinary");
        assertRefused("\n", Encoding.PROTO3, "Truncated: length 1 > bytes available 0 reading List<Span> from proto3");
    }

    @Test
    void read_wrongValueOfManyCharacters_isCutInTheText() {
        String kind = "A".repeat(5000);

        assertThatThrownBy(() -> reader.read(
                        ("[{\"traceId\":\"1\",\"id\":\"1\",\"kind\":\"" + kind + "\"}]").getBytes(UTF_8),
                        Encoding.JSON_V2))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage(("No enum constant zipkin2.Span.Kind." + kind).substring(0, 4096) + "…");
    }

    @ParameterizedTest
    @EnumSource
    void read_mutatedMessages_doesAsZipkinDoesAndInTime(Encoding encoding) {
        SpanMutator mutator = new SpanMutator(encoding, 20261122);
        int read = 0;
        int guarded = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] body = mutator.next();
            Object outcome = timed(body, encoding);
            if (isKeptOut(outcome)) {
                guarded++; // zipkin2 itself might not come back
            } else {
                Object expected = outcomeOfZipkin(body, encoding);
                if (!outcome.equals(expected)) {
                    assertThat(outcome).as("mutation %s", i).isEqualTo(expected);
                }
                read += outcome instanceof List ? 1 : 0;
            }
        }
        assertThat(read).as("accepted").isGreaterThan(MUTATIONS / 50);
        assertThat(guarded).as("kept out").isLessThan(MUTATIONS / 10);
    }

    private void assertRefused(String body, Encoding encoding, String text) {
        assertThatThrownBy(() -> reader.read(body.getBytes(UTF_8), encoding))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage(text);
    }

    /** Spans, or why there are none. */
    private Object timed(byte[] body, Encoding encoding) {
        long start = System.nanoTime();
        Object outcome;
        try {
            outcome = reader.read(body, encoding);
        } catch (MalformedSpansException e) {
            outcome = String.valueOf(e.getMessage());
        }
        long nanos = System.nanoTime() - start;
        if (nanos > 1_000_000_000L) {
            throw new AssertionError(nanos + " ns for " + body.length + " bytes: " + outcome);
        }
        return outcome;
    }

    private static boolean isKeptOut(Object outcome) {
        return outcome instanceof String reason
                && (reason.startsWith("Malformed: negative length") || reason.startsWith("Refused: "));
    }

    private static Object outcomeOfZipkin(byte[] body, Encoding encoding) {
        try {
            return byZipkin(body, encoding);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            return message.length() <= 4096 ? message : message.substring(0, 4096) + "…";
        }
    }

    private static List<Span> byZipkin(byte[] body, Encoding encoding) {
        return SpanBytesDecoder.valueOf(encoding.name()).decodeList(body);
    }
}
