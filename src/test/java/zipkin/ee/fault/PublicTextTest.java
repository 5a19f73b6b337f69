package zipkin.ee.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicTextTest {
    @Test
    void unavailable_givesItsOwnReason_whereverItIs() {
        assertThat(PublicText.of(new IllegalStateException("db.secret.example", new Gone())))
                .isEqualTo("The storage is away.");
        assertThat(PublicText.isTemporary(new IllegalStateException("x", new Gone())))
                .isTrue();
    }

    @Test
    void otherErrors_giveNothingAway() {
        assertThat(PublicText.of(new IllegalStateException("SELECT secret FROM db.example at 10.0.0.1")))
                .isEqualTo("It failed unexpectedly. The log has the reason.");
        assertThat(PublicText.of(new ConnectException("10.0.0.1 refused")))
                .isEqualTo("A server that is needed does not answer. The log has the reason.");
    }

    @Test
    void errorsOfDrivers_areTemporary_whenThereIsNoConnection() {
        assertThat(PublicText.isTemporary(new RuntimeException(new SQLException("x", "08001"))))
                .isTrue();
        assertThat(PublicText.isTemporary(new RejectedExecutionException())).isTrue();
        assertThat(PublicText.isTemporary(new SQLException("x", "42601"))).isFalse();
        assertThat(PublicText.isTemporary(new IllegalStateException())).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "No broker of 10.1.2.3:9092 answers. | No broker of … answers.",
                "No broker of kafka:9092,b2.example.com:9092 answers. | No broker of …,… answers.",
                "Cannot reach amqp://u:p@rabbit/vhost: later | Cannot reach … later",
                "The host db.internal is gone. | The host … is gone.",
                "It failed: java.net.ConnectException: refused | It failed: …: refused",
                "UnknownHostException: x | … x",
                "At [2001:db8::1]:9042 nobody. | At … nobody.",
                "localhost/127.0.0.1:9042 refused | … refused",
                "/var/lib/zipkin/spans.mv.db is in use | … is in use",
                "See docs/operating/messaging.md. | See docs/operating/messaging.md.",
                "Run server-config/wildfly/activemq.cli. | Run server-config/wildfly/activemq.cli.",
                "10.1.2.3 took 1.5 s. | … took 1.5 s.",
                "Cannot store the spans now. Try again later. | Cannot store the spans now. Try again later."
            })
    void masked_hidesAddressesAndClasses(String text, String shown) {
        assertThat(PublicText.masked(text)).isEqualTo(shown);
    }

    @Test
    void masked_isShort_andHasNoControlCharacters() {
        assertThat(PublicText.masked("a\r\nb")).isEqualTo("a\\r\\nb");
        assertThat(PublicText.masked("x ".repeat(1000))).hasSize(300).endsWith("…");
    }

    private static final class Gone extends RuntimeException implements Unavailable {
        private static final long serialVersionUID = 1L;

        @Override
        public String publicReason() {
            return "The storage is away.";
        }
    }
}
