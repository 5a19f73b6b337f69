package zipkin.ee.transport.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.ZipkinSettings;

class RabbitMqSettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amqp://zipkin:s3cr3t@mq:5673/prod | mq:5673",
                "amqps://mq | mq",
                "amqp://zipkin:s3cr3t%40@[::1]:5672 | [::1]:5672"
            })
    void place_ofAUri_hasNoCredentials(String uri, String place) {
        assertThat(settings(Map.of("RABBIT_URI", uri)).rabbitMq().place()).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mq", "mq:5672", "a:5672,b:5672", "a, b:1", "[::1]:5672"})
    void addresses_thatAreSome_areThePlace(String addresses) {
        assertThat(settings(Map.of("RABBIT_ADDRESSES", addresses)).rabbitMq().place())
                .isEqualTo(addresses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp://zipkin:s3cr3t@@mq", "http://zipkin:s3cr3t@mq", "s3cr3t", "amqp://zipkin:s3cr3t"})
    void uri_thatIsNone_isRefused_withoutItsPassword(String uri) {
        assertThatThrownBy(() -> settings(Map.of("RABBIT_URI", uri)))
                .hasMessageMatching(".*: RABBIT_URI=(amqp://|http://|)… \\([0-9]+ characters\\): must be "
                        + "amqp://user:password@host:port/virtual-host, .*")
                .message()
                .doesNotContain("s3cr3t");
    }

    @Test
    void addresses_thatAreNone_areRefused() {
        assertThatThrownBy(() -> settings(Map.of("RABBIT_ADDRESSES", "amqp://mq")))
                .hasMessageContaining("RABBIT_ADDRESSES=amqp://… (9 characters): must be host:port, comma separated");
    }

    private static ZipkinSettings settings(Map<String, String> values) {
        return ZipkinSettings.read(values::get);
    }
}
