package zipkin.ee.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingPathTest {
    private final ForwardingPath path = new ForwardingPath();
    private final ForwardingPath other = new ForwardingPath();

    @Test
    void message_ofTheServerItself_isALoop() {
        assertThat(path.header()).matches("[0-9a-f]{16}");
        assertThat(path.isLoop(path.header())).isTrue();
        assertThat(path.isLoop("0123456789abcdef, " + path.header())).isTrue();
    }

    @Test
    void message_thatComesBackByAnotherServer_isALoop() {
        assertThat(other.isLoop(path.header())).isFalse();
        assertThat(path.isLoop(other.header())).isTrue();
    }

    @Test
    void messages_ofAChain_areNoLoop() {
        ForwardingPath last = new ForwardingPath();
        for (int i = 0; i < 3; i++) {
            assertThat(other.isLoop(path.header())).isFalse();
            assertThat(last.isLoop(other.header())).isFalse();
        }
        assertThat(last.header().split(", ", -1)).hasSize(3);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "x", "0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF"})
    void header_withoutIds_isNoLoop(String header) {
        assertThat(path.isLoop(header)).isFalse();
        assertThat(path.header()).hasSize(16);
    }

    @Test
    void ids_ofOthers_areTheLast16() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            path.isLoop(String.format("%016x", i));
            many.append(String.format("%016x,", i + 1_000));
        }
        assertThat(path.header())
                .hasSize(17 * 16 + 16 * 2)
                .doesNotContain("0000000000000053")
                .contains("0000000000000054", "0000000000000063");
        other.isLoop(many.toString());
        assertThat(other.header()).hasSize(17 * 16 + 16 * 2);
    }
}
