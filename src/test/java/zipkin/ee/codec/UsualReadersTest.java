package zipkin.ee.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zipkin.ee.hostile.Fuzzing;
import zipkin.ee.hostile.SpanMutator;
import zipkin2.Span;
import zipkin2.TestObjects;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

/** The readers of what tracers write: whatever one of them reads is what zipkin2 reads. */
class UsualReadersTest {
    private static final Texts TEXTS = new Texts();
    private static final SpanReader READER = new SpanReader();

    private interface Method {
        @Nullable
        List<Span> read(byte[] body, Texts texts);
    }

    static Stream<Reader> readers() {
        return Stream.of(
                new Reader(Encoding.JSON_V2, UsualSpans::json),
                new Reader(Encoding.PROTO3, UsualSpans::proto3),
                new Reader(Encoding.THRIFT, UsualSpans::thrift));
    }

    private record Reader(Encoding encoding, Method method) {
        @Nullable
        List<Span> read(byte[] body) {
            return method.read(body, TEXTS);
        }

        @Override
        public String toString() {
            return encoding.name();
        }

        /** With what zipkin2 would leave out of v1, see {@link TypedAnnotationsTest}. */
        List<Span> byZipkin(byte[] body) {
            byte[] text = READER.check(body, encoding).apply(body);
            return SpanBytesDecoder.valueOf(encoding.name()).decodeList(text);
        }

        byte[] encoded(List<Span> spans) {
            return SpanBytesEncoder.valueOf(encoding.name()).encodeList(spans);
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void messages_ofTracers_areNotLeftToZipkin(Reader reader) {
        for (List<Span> spans : List.of(
                TestObjects.TRACE,
                List.of(TestObjects.CLIENT_SPAN),
                List.of(SpanMutator.busySpan(), TestObjects.CLIENT_SPAN))) {
            byte[] body = reader.encoded(spans);

            assertThat(reader.read(body)).isNotNull().isEqualTo(reader.byZipkin(body));
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void cutMessages_areLeftToZipkin_unlessTheyEndWithASpan(Reader reader) {
        byte[] whole = reader.encoded(List.of(TestObjects.CLIENT_SPAN, SpanMutator.busySpan()));
        int spanEnd =
                reader.encoding() == Encoding.PROTO3 ? reader.encoded(List.of(TestObjects.CLIENT_SPAN)).length : 0;
        for (int length = 1; length < whole.length; length++) {
            List<Span> read = reader.read(Arrays.copyOf(whole, length));

            assertThat(read).isEqualTo(length == spanEnd ? List.of(TestObjects.CLIENT_SPAN) : null);
        }
    }

    /**
     * But for text that zipkin2 garbles in JSON, see {@link JsonV2ReaderTest}. zipkin2 refuses
     * nothing of what is read.
     */
    @ParameterizedTest
    @MethodSource("readers")
    void mutatedMessages_areReadAsZipkinReadsThem_orLeft(Reader reader) {
        SpanMutator mutator = new SpanMutator(reader.encoding(), 20261125);
        int read = 0;
        for (int i = 0; i < Fuzzing.MUTATIONS; i++) {
            byte[] body = mutator.next();
            List<Span> spans = reader.read(body);
            if (spans != null) {
                read++;
                List<Span> expected = reader.byZipkin(body);
                boolean garbled = reader.encoding() == Encoding.JSON_V2
                        && expected.toString().indexOf('\uFFFD') >= 0;
                if (!spans.equals(expected) && !garbled) {
                    assertThat(spans).as("mutation %s", i).isEqualTo(expected);
                }
            }
        }
        assertThat(read).as("read here").isGreaterThan(Fuzzing.MUTATIONS / 50);
    }
}
