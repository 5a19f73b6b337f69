package zipkin.ee.clients;

import static org.assertj.core.api.Assertions.assertThat;

import brave.Tracing;
import brave.handler.SpanHandler;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import zipkin.ee.testing.SharedZipkin;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Span;
import zipkin2.reporter.AsyncReporter;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.Encoding;
import zipkin2.reporter.brave.AsyncZipkinSpanHandler;
import zipkin2.reporter.brave.ZipkinSpanHandler;
import zipkin2.reporter.okhttp3.OkHttpSender;
import zipkin2.reporter.urlconnection.URLConnectionSender;

/**
 * Brave 6 reports a trace of two services by every sender and encoding that zipkin-reporter offers
 * for HTTP.
 */
class BraveIT {
    private static final int SEND_LIMIT_SECONDS = 30;

    private enum Sender {
        OKHTTP3_GZIP {
            @Override
            BytesMessageSender to(String url, Encoding encoding) {
                return OkHttpSender.newBuilder()
                        .endpoint(url)
                        .encoding(encoding)
                        .compressionEnabled(true)
                        .build();
            }
        },
        URLCONNECTION {
            @Override
            BytesMessageSender to(String url, Encoding encoding) {
                return URLConnectionSender.newBuilder()
                        .endpoint(url)
                        .encoding(encoding)
                        .compressionEnabled(false)
                        .build();
            }
        };

        abstract BytesMessageSender to(String url, Encoding encoding);
    }

    private final ZipkinHttp zipkin = SharedZipkin.http();

    static Stream<Arguments> reporters() {
        return Arrays.stream(Wire.values())
                .flatMap(wire -> Arrays.stream(Sender.values()).map(sender -> Arguments.of(wire, sender)));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("reporters")
    void trace_reportedByBrave_isReadBackExactly(Wire wire, Sender senders) throws IOException {
        BraveTrace trace;
        try (BytesMessageSender sender = senders.to(zipkin.uri(wire.path).toString(), wire.encoding);
                Reporting reporting = reporting(sender, wire);
                Tracing frontend = BraveTrace.frontend(reporting.spans());
                Tracing payments = BraveTrace.payments(reporting.spans())) {
            trace = BraveTrace.record(frontend, payments);
        }

        assertThat(zipkin.awaitTrace(trace.traceId(), trace.expected().size()))
                .containsExactlyInAnyOrderElementsOf(trace.expected());
    }

    /** Brave writes JSON v2 and proto3 itself; the v1 formats go by way of zipkin2.Span. */
    private static Reporting reporting(BytesMessageSender sender, Wire wire) {
        if (wire == Wire.JSON_V2 || wire == Wire.PROTO3) {
            AsyncZipkinSpanHandler handler = AsyncZipkinSpanHandler.newBuilder(sender)
                    .closeTimeout(SEND_LIMIT_SECONDS, TimeUnit.SECONDS)
                    .build();
            return new Reporting(handler, handler::flush, handler::close);
        }
        AsyncReporter<Span> reporter = AsyncReporter.builder(sender)
                .closeTimeout(SEND_LIMIT_SECONDS, TimeUnit.SECONDS)
                .build(wire.encoder);
        return new Reporting(ZipkinSpanHandler.create(reporter), reporter::flush, reporter::close);
    }

    /**
     * Closing waits until everything is sent: flush takes what is queued, close waits for what is
     * on its way.
     */
    private record Reporting(SpanHandler spans, Runnable flush, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            flush.run();
            end.run();
        }
    }
}
