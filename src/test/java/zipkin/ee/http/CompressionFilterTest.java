package zipkin.ee.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class CompressionFilterTest {
    @Test
    void acceptsGzip_followsTheHeader() {
        assertThat(CompressionFilter.acceptsGzip(null)).isFalse();
        assertThat(CompressionFilter.acceptsGzip("")).isFalse();
        assertThat(CompressionFilter.acceptsGzip("gzip")).isTrue();
        assertThat(CompressionFilter.acceptsGzip("deflate, GZIP;q=0.5")).isTrue();
        assertThat(CompressionFilter.acceptsGzip("gzip;q=0")).isFalse();
        assertThat(CompressionFilter.acceptsGzip("gzip; q=0.0, *")).isFalse();
        assertThat(CompressionFilter.acceptsGzip("br")).isFalse();
        assertThat(CompressionFilter.acceptsGzip("*")).isTrue();
        assertThat(CompressionFilter.acceptsGzip("*;q=0")).isFalse();
    }

    @Test
    void gzip_ofABody_canBeUndone() throws IOException {
        byte[] body = "x".repeat(5000).getBytes(java.nio.charset.StandardCharsets.UTF_8);

        byte[] zipped = CompressionFilter.gzip(body);

        assertThat(zipped.length).isLessThan(body.length / 10);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes())
                .isEqualTo(body);
    }
}
