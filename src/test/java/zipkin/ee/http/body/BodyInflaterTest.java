package zipkin.ee.http.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyInflaterTest {
    private static final byte[] BODY =
            "[{\"traceId\":\"a\",\"id\":\"b\"}]".repeat(20).getBytes(UTF_8);

    private final BodyInflater inflater = new BodyInflater(BODY.length);

    @Test
    void inflate_withoutEncoding_givesTheSameArray() throws IOException {
        assertThat(inflater.inflate(BODY, null)).isSameAs(BODY);
        assertThat(inflater.inflate(BODY, "identity")).isSameAs(BODY);
    }

    @Test
    void inflate_ofGzip_givesTheBody() throws IOException {
        assertThat(inflater.inflate(gzip(BODY), "gzip")).isEqualTo(BODY);
        assertThat(inflater.inflate(gzip(BODY), "x-gzip")).isEqualTo(BODY);
    }

    @Test
    void inflate_ofDeflate_takesItWithAndWithoutZlibHeader() throws IOException {
        assertThat(inflater.inflate(deflate(BODY, false), "deflate")).isEqualTo(BODY);
        assertThat(inflater.inflate(deflate(BODY, true), "deflate")).isEqualTo(BODY);
        assertThat(inflater.inflate(deflate(BODY, false), "zlib")).isEqualTo(BODY);
    }

    @Test
    void inflate_ofSomethingElse_saysSo() {
        assertThatThrownBy(() -> inflater.inflate(BODY, "gzip")).hasMessage("Cannot gunzip spans");
        assertThatThrownBy(() -> inflater.inflate(BODY, "deflate")).hasMessage("Cannot inflate spans");
    }

    @Test
    void inflate_ofATruncatedBody_saysSo() throws IOException {
        byte[] gzip = gzip(BODY);
        byte[] zlib = deflate(BODY, false);

        assertThatThrownBy(() -> inflater.inflate(Arrays.copyOf(gzip, gzip.length / 2), "gzip"))
                .hasMessage("Cannot gunzip spans");
        assertThatThrownBy(() -> inflater.inflate(Arrays.copyOf(zlib, zlib.length / 2), "deflate"))
                .hasMessage("Cannot inflate spans");
    }

    @Test
    void inflate_beyondTheBound_stopsThere() throws IOException {
        byte[] bomb = gzip(new byte[BODY.length + 1]);

        assertThatThrownBy(() -> inflater.inflate(bomb, "gzip")).isInstanceOf(BodyInflater.TooLargeException.class);
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] body, boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflate = new DeflaterOutputStream(out, new Deflater(6, raw))) {
            deflate.write(body);
        }
        return out.toByteArray();
    }
}
