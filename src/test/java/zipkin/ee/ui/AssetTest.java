package zipkin.ee.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssetTest {
    @ParameterizedTest
    @CsvSource({
        "application/javascript; charset=utf-8, 2048, true",
        "application/javascript; charset=utf-8, 2047, false",
        "application/json; charset=utf-8, 2048, true",
        "text/css; charset=utf-8, 2048, true",
        "image/svg+xml; charset=utf-8, 2048, true",
        "text/html; charset=utf-8, 2048, false",
        "image/png, 2048, false",
        "image/x-icon, 2048, false",
        ", 2048, false"
    })
    void isCompressible_typeAndSize_asReference(String contentType, int bytes, boolean expected) {
        assertThat(new Asset(new byte[bytes], contentType, 60).isCompressible()).isEqualTo(expected);
    }

    @Test
    void gzip_inflated_isPlainBody() throws IOException {
        Asset asset = new Asset("zipkin ".repeat(1000).getBytes(UTF_8), "text/css", 60);

        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(asset.gzip().body()))) {
            assertThat(in.readAllBytes()).isEqualTo(asset.plain().body());
        }
        assertThat(asset.gzip()).isSameAs(asset.gzip());
    }

    @Test
    void tag_ofContent_differsByContentAndCoding() {
        Asset a = new Asset("a".getBytes(UTF_8), null, 60);
        Asset b = new Asset("b".getBytes(UTF_8), null, 60);

        assertThat(a.plain().tag()).isEqualTo("ypeBEsobvcr6wjGzmiPc");
        assertThat(a.gzip().tag()).isEqualTo("ypeBEsobvcr6wjGzmiPc-gzip");
        assertThat(b.plain().tag()).isNotEqualTo(a.plain().tag());
        assertThat(a.isTagged(b.plain().tag())).isFalse();
    }
}
