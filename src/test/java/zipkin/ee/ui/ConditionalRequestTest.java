package zipkin.ee.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionalRequestTest {
    private final Asset asset = new Asset("a".getBytes(UTF_8), null, 60);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`\"TAG\"` | true",
                "`\"TAG-gzip\"` | true",
                "`W/\"TAG\"` | true",
                "`\"x\", \"TAG\"` | true",
                "`*` | true",
                "`TAG` | true",
                "`\"x\"` | false",
                "`\"` | false",
                "`` | false"
            })
    void isFresh_ifNoneMatch_comparesTags(String header, boolean expected) {
        String ifNoneMatch = header.replace("TAG", asset.plain().tag());

        assertThat(isFresh(ifNoneMatch, null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Fri, 02 Jan 2026 03:04:05 GMT | true",
                "Sat, 03 Jan 2026 03:04:05 GMT | true",
                "Fri, 02 Jan 2026 03:04:04 GMT | false",
                "yesterday | false",
                " | false"
            })
    void isFresh_ifModifiedSince_comparesTimes(@Nullable String ifModifiedSince, boolean expected) {
        assertThat(isFresh(null, ifModifiedSince)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"x, false", "*, true"})
    void isFresh_bothHeaders_tagsDecide(String ifNoneMatch, boolean expected) {
        assertThat(isFresh(ifNoneMatch, "Sat, 03 Jan 2026 03:04:05 GMT")).isEqualTo(expected);
    }

    private boolean isFresh(@Nullable String ifNoneMatch, @Nullable String ifModifiedSince) {
        return ConditionalRequest.isFresh(asset, Instant.parse("2026-01-02T03:04:05Z"), ifNoneMatch, ifModifiedSince);
    }
}
