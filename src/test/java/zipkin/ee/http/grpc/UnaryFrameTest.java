package zipkin.ee.http.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.budget.Budget;
import zipkin.ee.http.body.BodyInflater;
import zipkin.ee.http.body.ReceivedBodies;

class UnaryFrameTest {
    private static final byte[] MESSAGE = {10, 1, 2, 3};

    @Test
    void message_isWhatFollowsThePrefix_inflatedWhereItSaysSo() throws Exception {
        assertThat(UnaryFrame.message(ReceivedBodies.of(frame(0, MESSAGE)), null, inflater(100)))
                .isEqualTo(MESSAGE);
        assertThat(UnaryFrame.message(ReceivedBodies.of(frame(1, gzip(MESSAGE))), "gzip", inflater(100)))
                .isEqualTo(MESSAGE);
        assertThat(UnaryFrame.message(ReceivedBodies.of(UnaryFrame.of(new byte[0])), null, inflater(100)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', , 13, no message",
        "00000000, , 13, no message",
        "0000000005010203, , 13, prefix says 5 bytes",
        "00ffffffff010203, , 13, prefix says 4294967295 bytes",
        "0000000003010203000000000101, , 13, prefix says 3 bytes",
        "0700000003010203, , 13, begins with 7",
        "0100000003010203, , 13, without grpc-encoding",
        "0100000003010203, identity, 13, without grpc-encoding",
        "0100000003010203, snappy, 12, grpc-encoding snappy",
        "0100000003010203, gzip, 13, Cannot gunzip",
    })
    void body_thatIsNotOneMessage_hasAStatusThatSaysWhy(String hex, @Nullable String encoding, int code, String why) {
        byte[] body = HexFormat.of().parseHex(hex);

        GrpcStatus status = refusal(body, encoding, 100);

        assertThat(status.code()).isEqualTo(code);
        assertThat(status.message()).contains(why);
    }

    @Test
    void message_thatInflatesBeyondTheBound_isExhausted() throws IOException {
        assertThat(refusal(frame(1, gzip(new byte[5000])), "gzip", 4999).code()).isEqualTo(8);
    }

    @Test
    void trailers_havePrintableAsciiOnly() {
        assertThat(GrpcStatus.OK.trailers()).containsOnlyKeys("grpc-status").containsEntry("grpc-status", "0");
        assertThat(GrpcStatus.invalid("100 % größer\n").trailers())
                .containsEntry("grpc-status", "3")
                .containsEntry("grpc-message", "100 %25 gr%C3%B6%C3%9Fer%0A");
    }

    @Test
    void unavailable_saysWhenToTryAgain() throws Exception {
        String details = GrpcStatus.unavailable("Später").trailers().get("grpc-status-details-bin");

        Status status = Status.parseFrom(Base64.getDecoder().decode(details));
        assertThat(status.getCode()).isEqualTo(14);
        assertThat(status.getMessage()).isEqualTo("Später");
        assertThat(status.getDetails(0).unpack(RetryInfo.class).getRetryDelay().getSeconds())
                .isEqualTo(5);
        assertThat(GrpcStatus.tooLarge("x").trailers()).doesNotContainKey("grpc-status-details-bin");
    }

    private static GrpcStatus refusal(byte[] body, @Nullable String encoding, int maxBytes) {
        return catchThrowableOfType(
                        UnaryFrame.WrongFrameException.class,
                        () -> UnaryFrame.message(ReceivedBodies.of(body), encoding, inflater(maxBytes)))
                .status();
    }

    private static BodyInflater inflater(int maxBytes) {
        return new BodyInflater(maxBytes, new Budget(Long.MAX_VALUE));
    }

    private static byte[] frame(int compressed, byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) compressed)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private static byte[] gzip(byte[] message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(message);
        }
        return bytes.toByteArray();
    }
}
