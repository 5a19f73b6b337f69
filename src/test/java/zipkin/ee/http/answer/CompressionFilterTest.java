package zipkin.ee.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionFilterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | false",
                "gzip | true",
                "gzip, deflate, br, zstd | true",
                "br;q=1.0, gzip;q=0.8, *;q=0.1 | true",
                "GZIP | true",
                "x-gzip | true",
                "* | true",
                "*, gzip;q=0 | false",
                "gzip;q=0 | false",
                "gzip; q=0.000 | false",
                "*;q=0 | false",
                "identity | false",
                "br | false",
                ",;, | false"
            })
    void acceptsGzip_acceptEncoding_asRfc9110(@Nullable String header, boolean expected) {
        assertThat(CompressionFilter.acceptsGzip(header)).isEqualTo(expected);
    }

    @Test
    void gzip_ofABody_canBeUndone() throws IOException {
        byte[] body = "x".repeat(5000).getBytes(StandardCharsets.UTF_8);

        byte[] zipped = CompressionFilter.gzip(body);

        assertThat(zipped.length).isLessThan(body.length / 10);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes())
                .isEqualTo(body);
    }
}
