package zipkin.ee.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFramingTest {
    @ParameterizedTest
    @ValueSource(strings = {"chunked", "Chunked", " CHUNKED "})
    void chunked_isTaken(String coding) {
        assertThat(RequestFraming.problem(HttpDoubles.request("Transfer-Encoding: " + coding)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xchunked",
                "chunkedx",
                "gzip",
                "gzip, chunked",
                "chunked, gzip",
                "chunked, chunked",
                "identity",
                "chunked;x=y",
                "\"chunked\"",
                "chunked,",
                ", chunked",
                "",
                "chun ked"
            })
    void otherCoding_is501(String coding) {
        assertThat(RequestFraming.problem(HttpDoubles.request("Transfer-Encoding: " + coding)))
                .isEqualTo(new RefusedRequest(501, "The only Transfer-Encoding that is read is chunked"));
    }

    @Test
    void codings_repeated_are501() {
        assertThat(RequestFraming.problem(
                        HttpDoubles.request("Transfer-Encoding: chunked", "Transfer-Encoding: chunked")))
                .isEqualTo(new RefusedRequest(501, "The only Transfer-Encoding that is read is chunked"));
    }

    @Test
    void coding_besideALength_is400() {
        assertThat(RequestFraming.problem(HttpDoubles.request("Transfer-Encoding: chunked", "Content-Length: 2")))
                .isEqualTo(new RefusedRequest(400, "A request has Transfer-Encoding or Content-Length, not both"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "000000000000000002", "999999999999999999"})
    void length_thatIsANumber_isTaken(String length) {
        assertThat(RequestFraming.problem(HttpDoubles.request("Content-Length: " + length)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+2", "abc", "0x2", "2 2", "2, 2", "2;", "99999999999999999999999", "\u0662"})
    void length_thatIsNone_is400(String length) {
        assertThat(RequestFraming.problem(HttpDoubles.request("Content-Length: " + length)))
                .isEqualTo(new RefusedRequest(400, "Content-Length is not a number"));
    }

    @Test
    void lengths_thatDiffer_are400() {
        assertThat(RequestFraming.problem(HttpDoubles.request("Content-Length: 2", "Content-Length: 3")))
                .isEqualTo(new RefusedRequest(400, "Content-Length is not a number"));
        assertThat(RequestFraming.problem(HttpDoubles.request("Content-Length: 2", "Content-Length: 2")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: a\u0000b",
                "X: a\rb",
                "X: a\nb",
                "X: \u007f",
                "X : a",
                ": a",
                "X\r\nY: a",
                "\u00e9: a",
                "(: a"
            })
    void header_withWhatHttpDoesNotAllow_is400(String line) {
        assertThat(RequestFraming.problem(HttpDoubles.request("Host: localhost", line)))
                .isEqualTo(new RefusedRequest(400, "A header has a character that HTTP does not allow"));
    }

    @Test
    void headers_usual_areTaken() {
        assertThat(RequestFraming.problem(HttpDoubles.request(
                        "Host: localhost:9411",
                        "User-Agent: Caf\u00e9 (x; y)\t1.0",
                        "Cookie: a=b; c=\"d\"",
                        "X!#$%&'*+-.^_`|~1: z")))
                .isNull();
    }
}
