package zipkin.ee.codec.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpAnswersTest {
    @Test
    void partialSuccess_isRead() {
        assertThat(OtlpAnswers.partialSuccess(response(3, "too old")))
                .isEqualTo(new OtlpAnswers.PartialSuccess(3, "too old"));
        assertThat(OtlpAnswers.partialSuccess(response(0, "soon deprecated")))
                .isEqualTo(new OtlpAnswers.PartialSuccess(0, "soon deprecated"));
        assertThat(OtlpAnswers.partialSuccess(response(-1, ""))).isEqualTo(OtlpAnswers.PartialSuccess.NONE);
        assertThat(OtlpAnswers.partialSuccess(new byte[0])).isEqualTo(OtlpAnswers.PartialSuccess.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"partialSuccess\":{}}", "OK", "\u0008\u0001\n"})
    void success_ofAnyOtherForm_saysNothing(String body) {
        assertThat(OtlpAnswers.partialSuccess(body.getBytes(UTF_8))).isEqualTo(OtlpAnswers.PartialSuccess.NONE);
    }

    @Test
    void refusal_isTheMessageOfTheStatus_orTheText() {
        byte[] status = Status.newBuilder()
                .setCode(3)
                .setMessage("no such tenant")
                .build()
                .toByteArray();
        assertThat(OtlpAnswers.refusal(status)).isEqualTo("no such tenant");
        assertThat(OtlpAnswers.refusal("<html>Bad Gateway</html>".getBytes(UTF_8)))
                .isEqualTo("<html>Bad Gateway</html>");
        assertThat(OtlpAnswers.refusal(new byte[0])).isEmpty();
    }

    private static byte[] response(long refused, String text) {
        return ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(refused)
                        .setErrorMessage(text))
                .build()
                .toByteArray();
    }
}
