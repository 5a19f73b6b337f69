package zipkin.ee.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void list_ofItems_joinsThem() {
        assertThat(JsonText.list(List.of())).asString(UTF_8).isEqualTo("[]");
        assertThat(JsonText.list(List.of("[1]".getBytes(UTF_8))))
                .asString(UTF_8)
                .isEqualTo("[[1]]");
        assertThat(JsonText.list(List.of("[1]".getBytes(UTF_8), "[]".getBytes(UTF_8), "[2]".getBytes(UTF_8))))
                .asString(UTF_8)
                .isEqualTo("[[1],[],[2]]");
    }

    @Test
    void strings_areEscaped() throws IOException {
        assertThat(JsonText.strings(List.of())).asString(UTF_8).isEqualTo("[]");
        assertThat(JsonText.strings(List.of("a\"b", "ü\n"))).asString(UTF_8).isEqualTo("[\"a\\\"b\",\"ü\\n\"]");
    }
}
