package zipkin.ee.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {
    @ParameterizedTest
    @CsvSource({
        "'', IDENTITY",
        "identity, IDENTITY",
        "'identity, identity', IDENTITY",
        "gzip, GZIP",
        "GZip, GZIP",
        "x-gzip, GZIP",
        "gzip;q=1, GZIP",
        "' gzip ; q=0.5 ', GZIP",
        "'identity, gzip', GZIP",
        "',gzip,', GZIP",
        "deflate, DEFLATE",
        "zlib, DEFLATE",
    })
    void header_thatIsRead_hasItsCoding(String header, ContentCoding coding) throws Exception {
        assertThat(ContentCoding.of(List.of(header))).isEqualTo(coding);
    }

    @Test
    void headers_thatRepeat_areOneList() throws Exception {
        assertThat(ContentCoding.of(List.of("identity", "gzip"))).isEqualTo(ContentCoding.GZIP);
        assertThatThrownBy(() -> ContentCoding.of(List.of("gzip", "deflate")))
                .isInstanceOf(ContentCoding.UnsupportedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "compress", "gzipped", "none", "utf-8", "*", "gzip br", "identity, br"})
    void coding_thatIsNotRead_isRefusedWithThoseThatAre(String header) {
        assertThatThrownBy(() -> ContentCoding.of(List.of(header)))
                .isInstanceOf(ContentCoding.UnsupportedException.class)
                .hasMessageMatching("Content-Encoding .+ is not read\\. Use none, or one of: gzip, deflate");
    }

    @Test
    void bodyThatIsCompressedTwice_isRefused() {
        assertThatThrownBy(() -> ContentCoding.of(List.of("gzip, gzip")))
                .isInstanceOf(ContentCoding.UnsupportedException.class)
                .hasMessage("A body that is compressed twice is not read. Use one Content-Encoding of: gzip, deflate");
    }

    @Test
    void reason_isOneShortLine() {
        assertThatThrownBy(() -> ContentCoding.of(List.of("b\tr\u0007" + "x".repeat(1000))))
                .hasMessage(
                        "Content-Encoding b?r?" + "x".repeat(36) + "… is not read. Use none, or one of: gzip, deflate");
    }
}
