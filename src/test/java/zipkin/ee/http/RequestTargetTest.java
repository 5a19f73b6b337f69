package zipkin.ee.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    @ParameterizedTest
    @CsvSource(delimiter = ' ', quoteCharacter = '~', textBlock = """
            spanName=get/users/{id} spanName=get/users/%7Bid%7D
            a|b^c`d a%7Cb%5Ec%60d
            "<>\\ %22%3C%3E%5C
            a#b a%23b
            {=}&x={ %7B=%7D&x=%7B
            """)
    void query_whatBrowsersSendRaw_isEscaped(String raw, String escaped) throws Exception {
        assertThat(RequestTarget.query(raw)).isEqualTo(escaped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a=b&c", "a=%26%2B%20+%C3%A9", "a=%c3%28", "a[]=!$&'()*,;:@/?~-._", "a=%7B%7b", "a=%0A"})
    void query_valid_staysTheSameObject(String raw) throws Exception {
        assertThat(RequestTarget.query(raw)).isSameAs(raw);
    }

    /** Undertow hands each byte over as a character. */
    @ParameterizedTest
    @CsvSource({
        "caf\u00c3\u00a9=1, caf%C3%A9=1",
        "caf\u00e9=1, caf%C3%A9=1",
        "\u00f0\u009f\u0098\u0080, %F0%9F%98%80",
        "\u00c0\u00af, %C3%80%C2%AF",
        "\u65e5, %E6%97%A5",
        "\u00e9{\u00e9, %C3%A9%7B%C3%A9"
    })
    void query_rawBytes_areCharactersInUtf8OrElseLatin1(String raw, String escaped) throws Exception {
        assertThat(RequestTarget.query(raw)).isEqualTo(escaped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%", "a%2", "a%zz", "a%2g", "%u00e9", "{%zz", "%\u00e9\u00e9", "\u00e9%4"})
    void escape_malformed_isRefused(String raw) {
        assertThatThrownBy(() -> RequestTarget.query(raw))
                .isInstanceOf(RequestTarget.MalformedException.class)
                .hasMessage("The request target has a percent sign without two hexadecimal digits");
        assertThatThrownBy(() -> RequestTarget.path("/" + raw))
                .isInstanceOf(RequestTarget.MalformedException.class)
                .hasMessage("The request target has a percent sign without two hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a%00b", "\u0001", "a\r\nb", "\t", "\u007f", "{\u001f"})
    void controlCharacter_isRefused(String raw) {
        assertThatThrownBy(() -> RequestTarget.query(raw))
                .isInstanceOf(RequestTarget.MalformedException.class)
                .hasMessage("The request target has a control character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "https:host.example", "host:443", "api/v2/services"})
    void path_thatIsNone_isRefused(String raw) {
        assertThatThrownBy(() -> RequestTarget.path(raw))
                .isInstanceOf(RequestTarget.MalformedException.class)
                .hasMessage("The request target is not a path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%C0%AF", "/%c3", "/%ff", "/a%E9b", "/%ed%a0%80", "/{%c3%28"})
    void path_thatIsNotUtf8_isRefused(String raw) {
        assertThatThrownBy(() -> RequestTarget.path(raw))
                .isInstanceOf(RequestTarget.MalformedException.class)
                .hasMessage("The path of the request target is not UTF-8");
    }

    @Test
    void path_isEscapedWithBrackets() throws Exception {
        assertThat(RequestTarget.path("/a{1}/[x]")).isEqualTo("/a%7B1%7D/%5Bx%5D");
        assertThat(RequestTarget.path("/%C3%A9\u00e9")).isEqualTo("/%C3%A9%C3%A9");
        assertThat(RequestTarget.path("/a;b=c/%2F//")).isEqualTo("/a;b=c/%2F//");
    }
}
