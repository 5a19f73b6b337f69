package zipkin.ee.transport.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.ZipkinSettings;
import zipkin.ee.config.OtlpSettings;

/** Which requests are of OTLP: their types and their paths. */
class OtlpFormatTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "application/x-protobuf, PROTOBUF",
                "application/protobuf, PROTOBUF",
                "application/vnd.google.protobuf, PROTOBUF",
                "Application/X-Protobuf ; charset=utf-8, PROTOBUF",
                "application/json, JSON",
                "application/JSON;charset=UTF-8, JSON",
                "text/plain, none",
                "application/jsonx, none",
                "application/grpc, none",
                "none, none"
            })
    void contentType_isOneOfOtlpOrNone(@Nullable String contentType, @Nullable OtlpFormat format) {
        assertThat(OtlpFormat.of(contentType)).isEqualTo(format);
    }

    @Test
    void answer_toAnUnknownType_isJson() {
        assertThat(OtlpFormat.ofAnswer("text/plain")).isEqualTo(OtlpFormat.JSON);
        assertThat(OtlpFormat.ofAnswer(null)).isEqualTo(OtlpFormat.JSON);
        assertThat(OtlpFormat.ofAnswer("application/protobuf")).isEqualTo(OtlpFormat.PROTOBUF);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "/v1/traces, TRACES",
                "//v1//traces, TRACES",
                "/v1;a/traces;b, TRACES",
                "/v1/logs, LOGS",
                "/v1/metrics, METRICS",
                "/v1/traces/, none",
                "/v1/profiles, none",
                "/v1, none",
                "/zipkin/v1/traces, none",
                "/api/v1/spans, none"
            })
    void path_isOfASignalOrNone(String path, @Nullable Signal signal) {
        assertThat(Signal.of(path, settings(null))).isEqualTo(signal);
    }

    @Test
    void signal_thatIsNotDiscarded_isNotThere() {
        assertThat(Signal.of("/v1/logs", settings("metrics"))).isNull();
        assertThat(Signal.of("/v1/metrics", settings("metrics"))).isEqualTo(Signal.METRICS);
        assertThat(Signal.of("/v1/metrics", settings("none"))).isNull();
        assertThat(Signal.of("/v1/traces", settings("none"))).isEqualTo(Signal.TRACES);
    }

    private static OtlpSettings settings(@Nullable String discard) {
        Map<String, @Nullable String> texts = new HashMap<>();
        texts.put("COLLECTOR_OTLP_DISCARD", discard);
        return ZipkinSettings.read(texts::get).otlp();
    }
}
