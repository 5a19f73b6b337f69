package zipkin.ee.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonStringsTest {
    @Test
    void strings_areEscaped() throws IOException {
        assertThat(JsonStrings.write(List.of())).asString(UTF_8).isEqualTo("[]");
        assertThat(JsonStrings.write(List.of("a\"b", "ü\n"))).asString(UTF_8).isEqualTo("[\"a\\\"b\",\"ü\\n\"]");
    }
}
