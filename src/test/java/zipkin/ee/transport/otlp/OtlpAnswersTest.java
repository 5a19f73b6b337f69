package zipkin.ee.transport.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bodies of answers, read by OpenTelemetry's and Google's own classes. */
class OtlpAnswersTest {
    @Test
    void fullSuccess_inProtobuf_hasNoBytes() throws InvalidProtocolBufferException {
        byte[] body = ExportResponse.FULL_SUCCESS.toBytes(OtlpFormat.PROTOBUF);

        assertThat(body).isEmpty();
        assertThat(ExportTraceServiceResponse.parseFrom(body).hasPartialSuccess())
                .isFalse();
        assertThat(ExportLogsServiceResponse.parseFrom(body).hasPartialSuccess())
                .isFalse();
        assertThat(ExportMetricsServiceResponse.parseFrom(body).hasPartialSuccess())
                .isFalse();
    }

    @Test
    void fullSuccess_inJson_isAnEmptyObject() {
        assertThat(text(ExportResponse.FULL_SUCCESS.toBytes(OtlpFormat.JSON))).isEqualTo("{}");
    }

    @Test
    void partialSuccess_inProtobuf_isReadByOpenTelemetry() throws InvalidProtocolBufferException {
        for (long rejected : new long[] {1, 127, 128, 300, 250_000, Long.MAX_VALUE}) {
            ExportResponse response = new ExportResponse(rejected, "span id of 7 bytes — ß");

            assertThat(ExportTraceServiceResponse.parseFrom(response.toBytes(OtlpFormat.PROTOBUF))
                            .getPartialSuccess())
                    .isEqualTo(ExportTracePartialSuccess.newBuilder()
                            .setRejectedSpans(rejected)
                            .setErrorMessage("span id of 7 bytes — ß")
                            .build());
        }
    }

    @Test
    void partialSuccess_longText_isReadByOpenTelemetry() throws InvalidProtocolBufferException {
        String text = "x".repeat(1024);

        assertThat(ExportTraceServiceResponse.parseFrom(new ExportResponse(3, text).toBytes(OtlpFormat.PROTOBUF))
                        .getPartialSuccess()
                        .getErrorMessage())
                .isEqualTo(text);
    }

    @Test
    void partialSuccess_inJson_hasItsNumberAsText() {
        assertThat(text(new ExportResponse(3, "3 of 512 \"spans\" refused").toBytes(OtlpFormat.JSON)))
                .isEqualTo("{\"partialSuccess\":{\"rejectedSpans\":\"3\","
                        + "\"errorMessage\":\"3 of 512 \\\"spans\\\" refused\"}}");
    }

    @Test
    void warning_withoutRefusedSpans_hasTheTextOnly() throws InvalidProtocolBufferException {
        ExportResponse warning = new ExportResponse(0, "deprecated");

        assertThat(text(warning.toBytes(OtlpFormat.JSON)))
                .isEqualTo("{\"partialSuccess\":{\"errorMessage\":\"deprecated\"}}");
        assertThat(ExportTraceServiceResponse.parseFrom(warning.toBytes(OtlpFormat.PROTOBUF))
                        .getPartialSuccess()
                        .getRejectedSpans())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 3", "401, 16", "403, 7", "404, 12", "405, 12", "413, 8", "415, 3", "418, 2", "429, 8", "500, 13",
        "501, 12", "503, 14", "504, 13"
    })
    void refusal_inProtobuf_hasTheCodeOfItsStatus(int httpStatus, int code) throws InvalidProtocolBufferException {
        Status status = Status.parseFrom(RpcStatus.of(httpStatus, "why").toBytes(OtlpFormat.PROTOBUF));

        assertThat(status.getCode()).isEqualTo(code);
        assertThat(status.getMessage()).isEqualTo("why");
        assertThat(status.getDetailsCount()).isEqualTo(code == 3 ? 1 : 0);
    }

    @Test
    void malformed_inProtobuf_hasTheReasonAsBadRequest() throws InvalidProtocolBufferException {
        Status status = Status.parseFrom(RpcStatus.of(400, "field 3 is no text").toBytes(OtlpFormat.PROTOBUF));

        assertThat(status.getDetails(0).unpack(BadRequest.class))
                .isEqualTo(BadRequest.newBuilder()
                        .addFieldViolations(
                                BadRequest.FieldViolation.newBuilder().setDescription("field 3 is no text"))
                        .build());
    }

    @Test
    void lateBody_isADeadlineExceeded() throws InvalidProtocolBufferException {
        assertThat(Status.parseFrom(RpcStatus.late("late").toBytes(OtlpFormat.PROTOBUF)))
                .isEqualTo(Status.newBuilder().setCode(4).setMessage("late").build());
    }

    @Test
    void refusal_inJson_hasTheNamesOfGoogle() {
        assertThat(text(RpcStatus.of(503, "later").toBytes(OtlpFormat.JSON)))
                .isEqualTo("{\"code\":14,\"message\":\"later\"}");
        assertThat(text(RpcStatus.of(400, "why").toBytes(OtlpFormat.JSON)))
                .isEqualTo("{\"code\":3,\"message\":\"why\",\"details\":[{"
                        + "\"@type\":\"type.googleapis.com/google.rpc.BadRequest\","
                        + "\"fieldViolations\":[{\"description\":\"why\"}]}]}");
    }

    @Test
    void refusal_withoutText_hasTheCodeOnly() throws InvalidProtocolBufferException {
        assertThat(Status.parseFrom(RpcStatus.of(500, "").toBytes(OtlpFormat.PROTOBUF)))
                .isEqualTo(Status.newBuilder().setCode(13).build());
    }

    private static String text(byte[] body) {
        return new String(body, UTF_8);
    }
}
