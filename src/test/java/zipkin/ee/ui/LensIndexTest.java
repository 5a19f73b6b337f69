package zipkin.ee.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Expected texts are what the reference, zipkin-server 3.6.1, answers for the same settings. */
class LensIndexTest {
    private static final String HTML = """
            <base href="/zipkin/" >
            <link rel="icon" href="/zipkin/favicon.ico" />
            <script type="module" crossorigin src="/zipkin/static/js/index.js"></script>
            """;

    @Test
    void rebase_defaultPath_isUnchanged() {
        assertThat(LensIndex.rebase(HTML, "/zipkin")).isSameAs(HTML);
    }

    @Test
    void rebase_otherPath_isInBaseAlone() {
        assertThat(LensIndex.rebase(HTML, "/foo/bar")).isEqualTo("""
                        <base href="/foo/bar/" >
                        <link rel="icon" href="./favicon.ico" />
                        <script type="module" crossorigin src="./static/js/index.js"></script>
                        """);
    }

    @Test
    void rebase_root_isSlash() {
        assertThat(LensIndex.rebase(HTML, "")).isEqualTo("""
                        <base href="/" >
                        <link rel="icon" href="./favicon.ico" />
                        <script type="module" crossorigin src="./static/js/index.js"></script>
                        """);
    }
}
