package zipkin.ee.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

class Proto3ReaderTest {
    private final Texts texts = new Texts();

    private static byte[] encoded(List<Span> spans) {
        return SpanBytesEncoder.PROTO3.encodeList(spans);
    }

    @Test
    void endpointsAndTraceIds_ofAMessage_areOneObjectEach_evenWhenThereAreMany() {
        List<Span> sent = IntStream.range(0, 60)
                .mapToObj(i -> Span.newBuilder()
                        .traceId(1, 1 + i / 30)
                        .id(i + 1)
                        .localEndpoint(Endpoint.newBuilder()
                                .serviceName("s" + "s".repeat(i % 20))
                                .build())
                        .build())
                .toList();

        List<Span> read = Objects.requireNonNull(UsualSpans.proto3(encoded(sent), texts));

        assertThat(read).isEqualTo(sent);
        assertThat(read.get(0).traceId())
                .isSameAs(read.get(29).traceId())
                .isNotSameAs(read.get(30).traceId());
        List<Span> few = Objects.requireNonNull(UsualSpans.proto3(encoded(sent.subList(0, 3)), texts));
        assertThat(few.get(0).localEndpoint()).isNotSameAs(few.get(1).localEndpoint());
        List<Span> same = Objects.requireNonNull(UsualSpans.proto3(encoded(List.of(sent.get(0), sent.get(20))), texts));
        assertThat(same.get(0).localEndpoint()).isSameAs(same.get(1).localEndpoint());
    }
}
