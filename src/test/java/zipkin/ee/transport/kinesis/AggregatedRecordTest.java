package zipkin.ee.transport.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AggregatedRecordTest {
    /**
     * The message of the format's table: one key in its table of keys, two records with an index of
     * the key, data, and a tag.
     */
    private static final byte[] TWO = HexFormat.of()
            .parseHex("0a036b6579" + "1a070800" + "1a036f6e65" + "1a0d0800" + "1a0374776f" + "22040a0261" + "62");

    private static byte[] packed(byte[] message) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HexFormat.of().parseHex("f3899ac2"));
        bytes.writeBytes(message);
        bytes.writeBytes(MessageDigest.getInstance("MD5").digest(message));
        return bytes.toByteArray();
    }

    @Test
    void records_areTakenOut_inOrder() throws Exception {
        assertThat(AggregatedRecord.unpack(packed(TWO))).containsExactly("one".getBytes(UTF_8), "two".getBytes(UTF_8));
        assertThat(AggregatedRecord.unpack(packed(new byte[0]))).isEmpty();
    }

    @Test
    void whateverLooksElse_isOneRecord() throws Exception {
        byte[] json = "[{\"traceId\":\"1\",\"id\":\"1\"}]".getBytes(UTF_8);
        byte[] otherDigest = packed(TWO);
        otherDigest[otherDigest.length - 1]++;
        byte[] cut = packed(HexFormat.of().parseHex("1a7f0800"));
        for (byte[] record :
                new byte[][] {json, {}, otherDigest, cut, HexFormat.of().parseHex("f3899ac2")}) {
            assertThat(AggregatedRecord.unpack(record)).containsExactly(record);
        }
    }

    @Test
    void anyMessage_isReadOrLeftAsItIs() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] message = TWO.clone();
            message[random.nextInt(message.length)] = (byte) random.nextInt();
            message[random.nextInt(message.length)] = (byte) random.nextInt();
            assertThat(AggregatedRecord.unpack(packed(message))).isNotNull();
        }
    }
}
