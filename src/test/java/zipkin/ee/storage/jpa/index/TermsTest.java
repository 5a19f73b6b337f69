package zipkin.ee.storage.jpa.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import zipkin2.Endpoint;
import zipkin2.Span;

class TermsTest {
    @Test
    void of_aSpanWithEverything_givesTheTermsItIsSearchedBy() {
        Span span = Span.newBuilder()
                .traceId("a")
                .id("1")
                .name("get")
                .localEndpoint(Endpoint.newBuilder().serviceName("frontend").build())
                .remoteEndpoint(Endpoint.newBuilder().serviceName("backend").build())
                .duration(20_000)
                .addAnnotation(1, "retry")
                .putTag("http.path", "/")
                .putTag("error", "")
                .build();

        assertThat(terms(span))
                .containsExactlyInAnyOrder(
                        Terms.service("frontend"),
                        Terms.name(null, "get"),
                        Terms.name("frontend", "get"),
                        Terms.remoteService(null, "backend"),
                        Terms.remoteService("frontend", "backend"),
                        Terms.key("retry"),
                        Terms.key("http.path"),
                        Terms.tag("http.path", "/"),
                        Terms.key("error"),
                        Terms.tag("error", ""),
                        atLeast(1024),
                        atLeast(4096),
                        atLeast(16_384));
    }

    @Test
    void of_anEmptySpan_givesNone() {
        assertThat(terms(Span.newBuilder().traceId("a").id("1").build())).isEmpty();
    }

    @Test
    void atLeast_isAPowerOfFourThatEverySpanAsLongHas() {
        assertThat(Terms.atLeast(0)).isNull();
        assertThat(Terms.atLeast(1023)).isNull();
        assertThat(Terms.atLeast(1024)).isEqualTo(Terms.atLeast(4095)).isNotEqualTo(Terms.atLeast(4096));
        for (long micros : new long[] {1024, 1025, 4095, 4096, 1_000_000, Long.MAX_VALUE}) {
            Span span = Span.newBuilder().traceId("a").id("1").duration(micros).build();
            assertThat(terms(span)).contains(atLeast(micros)).doesNotHaveDuplicates();
        }
    }

    @Test
    void terms_ofDifferentKindsAndBorders_differ() {
        Set<Long> different = new HashSet<>(List.of(
                Terms.service("a"),
                Terms.name(null, "a"),
                Terms.remoteService(null, "a"),
                Terms.key("a"),
                Terms.tag("a", ""),
                Terms.tag("", "a"),
                Terms.tag("a", "b"),
                Terms.tag("ab", ""),
                Terms.name("a", "b"),
                Terms.name("ab", ""),
                Terms.remoteService("a", "b")));
        assertThat(different).hasSize(11);
    }

    /** They are in databases; another hash needs another version of the schema. */
    @Test
    void hashes_areThoseOfSchemaVersion1() {
        assertThat(Terms.service("frontend")).isEqualTo(-6306681008246047962L);
        assertThat(Terms.tag("http.path", "/\u00e4")).isEqualTo(868592999004254685L);
        assertThat(Terms.atLeast(1024)).isEqualTo(8375381928346407715L);
    }

    private static long atLeast(long micros) {
        return java.util.Objects.requireNonNull(Terms.atLeast(micros));
    }

    private static List<Long> terms(Span span) {
        List<Long> terms = new ArrayList<>();
        Terms.of(span, terms::add);
        return terms;
    }
}
