package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /** Messages that may take a second of CPU together. */
    private static final int TIMED = 100;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

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

    /** Nothing but spans or a refusal in one line comes of any message, in time. */
    @ParameterizedTest
    @EnumSource
    void read_mutatedMessages_areReadOrRefusedInTime(Encoding encoding) {
        SpanMutator mutator = new SpanMutator(encoding, 20261130);
        long start = THREADS.getCurrentThreadCpuTime();
        int read = 0;
        for (int i = 0; i < Fuzzing.MUTATIONS; i++) {
            byte[] body = mutator.next();
            try {
                read += reader.read(body, encoding).isEmpty() ? 0 : 1;
            } catch (MalformedSpansException e) {
                requireSame("mutation " + i, String.valueOf(e.getMessage()), "refused");
            }
            if (i % TIMED == TIMED - 1) {
                long nanos = THREADS.getCurrentThreadCpuTime() - start;
                if (nanos > 1_000_000_000L) {
                    assertThat(nanos).as("%s mutations up to %s", TIMED, i).isLessThan(1_000_000_000L);
                }
                start = THREADS.getCurrentThreadCpuTime();
            }
        }
        assertThat(read).as("read").isGreaterThan(Fuzzing.MUTATIONS / 50);
    }

    /** JSON with characters beyond ASCII as escapes. */
    private static byte[] escaped(byte[] json) {
        StringBuilder ascii = new StringBuilder();
        for (char unit : new String(json, UTF_8).toCharArray()) {
            ascii.append(unit < 0x80 ? String.valueOf(unit) : String.format("\\u%04x", (int) unit));
        }
        return ascii.toString().getBytes(UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void read_mutatedMessages_doesAsZipkinDoesAndInTime(Encoding encoding) {
        SpanMutator mutator = new SpanMutator(encoding, 20261122);
        int read = 0;
        int guarded = 0;
        int placed = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] body = mutator.next();
            Object outcome = timed(body, encoding);
            if (isKeptOut(outcome)) {
                guarded++; // zipkin2 itself might not come back
            } else {
                Object expected = outcomeOfZipkin(body, encoding);
                if (!outcome.equals(expected) && expected instanceof List) {
                    // zipkin2 garbles a character beyond ASCII that its buffer of 8 KiB divides.
                    expected = outcomeOfZipkin(escaped(body), encoding);
                }
                requireSame("mutation " + i, outcome, expected);
                read += outcome instanceof List ? 1 : 0;
                placed += outcome instanceof String reason && reason.startsWith("Cannot read ") ? 1 : 0;
            }
        }
        assertThat(read).as("accepted").isGreaterThan(MUTATIONS / 50);
        assertThat(guarded).as("kept out").isLessThan(MUTATIONS / 10);
        assertThat(placed).as("refused with a place").isGreaterThan((MUTATIONS - read - guarded) * 9 / 10);
    }

    /** Of two refusals the texts differ: ours says where. */
    private static void requireSame(String what, Object outcome, Object expected) {
        if (outcome instanceof String reason && expected instanceof String) {
            if (reason.length() > 300 || reason.indexOf('\n') >= 0) {
                assertThat(reason).as(what).hasSizeLessThanOrEqualTo(300).doesNotContain("\n");
            }
        } else if (!outcome.equals(expected)) {
            assertThat(outcome).as(what).isEqualTo(expected);
        }
    }

    /** Spans, or why there are none. The thread's own time, since the machine may be busy. */
    private Object timed(byte[] body, Encoding encoding) {
        long start = THREADS.getCurrentThreadCpuTime();
        Object outcome;
        try {
            outcome = reader.read(body, encoding);
        } catch (MalformedSpansException e) {
            outcome = String.valueOf(e.getMessage());
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        if (nanos > 1_000_000_000L) {
            throw new AssertionError(nanos + " ns for " + body.length + " bytes: " + outcome);
        }
        return outcome;
    }

    private static boolean isKeptOut(Object outcome) {
        return outcome instanceof String reason
                && (reason.startsWith("Malformed: negative length") || reason.startsWith("Refused: "));
    }

    /** With what zipkin2 would leave out of v1, see {@link TypedAnnotationsTest}. */
    private Object outcomeOfZipkin(byte[] body, Encoding encoding) {
        byte[] text = reader.check(body, encoding).apply(body);
        int start = encoding == Encoding.JSON_V1 || encoding == Encoding.JSON_V2 ? JsonText.begin(text) : 0;
        try {
            return byZipkin(Arrays.copyOfRange(text, start, text.length), encoding);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static List<Span> byZipkin(byte[] body, Encoding encoding) {
        return SpanBytesDecoder.valueOf(encoding.name()).decodeList(body);
    }
}
