package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import zipkin.ee.hostile.Fuzzing;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;

/**
 * v1 spans with any core annotations, addresses and hosts: what is read as one side is what zipkin2
 * makes of it.
 */
class V1SpanAssemblerTest {
    private static final int SPANS = Fuzzing.MUTATIONS;
    private static final String[] VALUES = {"cs", "cr", "sr", "ss", "ms", "mr", "ws", "wr", "xx", "note"};
    private static final String[] KEYS = {"sa", "ca", "ma", "lc", "a", "b"};
    private static final int ADDRESS = 0;
    private static final int TEXT = 6;

    private final SplittableRandom random = new SplittableRandom(20261129);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    @Test
    void randomSpans_areReadAsZipkinConvertsThem_orLeft() throws IOException {
        Texts texts = new Texts();
        int read = 0;
        for (int i = 0; i < SPANS; i++) {
            byte[] body = message();
            List<Span> spans = UsualSpans.thrift(body, texts);
            if (spans != null) {
                read++;
                List<Span> expected = SpanBytesDecoder.THRIFT.decodeList(body);
                if (!spans.equals(expected)) {
                    assertThat(spans).as("span %s", i).isEqualTo(expected);
                }
            }
        }
        assertThat(read).as("read here").isGreaterThan(SPANS / 10);
    }

    private byte[] message() throws IOException {
        bytes.reset();
        out.writeByte(12);
        out.writeInt(1);
        number(10, 1, 7);
        text(3, random.nextInt(4) == 0 ? "" : "Name");
        number(10, 4, 8);
        if (random.nextBoolean()) {
            number(10, 5, random.nextInt(3) == 0 ? 8 : 9);
        }
        int annotations = random.nextInt(5);
        list(6, annotations);
        boolean sameHost = random.nextInt(4) != 0;
        for (int i = 0; i < annotations; i++) {
            number(10, 1, 1000 + random.nextInt(4) * 100L);
            text(2, VALUES[random.nextInt(VALUES.length)]);
            host(3, sameHost);
            out.writeByte(0);
        }
        binaryAnnotations(sameHost);
        if (random.nextInt(4) == 0) {
            out.writeByte(2);
            out.writeShort(9);
            out.writeByte(random.nextInt(2));
        }
        if (random.nextBoolean()) {
            number(10, 10, random.nextInt(5) == 0 ? 0 : 1000);
        }
        if (random.nextBoolean()) {
            number(10, 11, random.nextInt(4) * 100L);
        }
        out.writeByte(0);
        return bytes.toByteArray();
    }

    private void binaryAnnotations(boolean sameHost) throws IOException {
        int count = random.nextInt(4);
        list(8, count);
        for (int i = 0; i < count; i++) {
            String key = KEYS[random.nextInt(KEYS.length)];
            boolean address = key.endsWith("a") && key.length() == 2;
            text(1, key);
            text(2, address ? "\1" : random.nextInt(3) == 0 ? "" : "v");
            out.writeByte(8);
            out.writeShort(3);
            out.writeInt(address ? ADDRESS : TEXT);
            host(4, sameHost && !address);
            out.writeByte(0);
        }
    }

    private void host(int field, boolean same) throws IOException {
        if (random.nextInt(8) == 0) {
            return;
        }
        out.writeByte(12);
        out.writeShort(field);
        int which = same ? 0 : random.nextInt(4);
        if (which == 3) {
            out.writeByte(0); // nothing is known of it
            return;
        }
        out.writeByte(8);
        out.writeShort(1);
        out.writeInt(which == 2 ? 0 : 0x0a000001);
        out.writeByte(6);
        out.writeShort(2);
        out.writeShort(which == 1 ? 80 : 0);
        text(3, which == 2 ? "other" : "Host");
        out.writeByte(0);
    }

    private void list(int field, int count) throws IOException {
        out.writeByte(15);
        out.writeShort(field);
        out.writeByte(12);
        out.writeInt(count);
    }

    private void number(int type, int field, long value) throws IOException {
        out.writeByte(type);
        out.writeShort(field);
        out.writeLong(value);
    }

    private void text(int field, String text) throws IOException {
        out.writeByte(11);
        out.writeShort(field);
        byte[] utf8 = text.getBytes(UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
