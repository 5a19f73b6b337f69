package zipkin.ee.connector.pulsar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionSettingsTest {
    private final PulsarActivationSpec spec = new PulsarActivationSpec();

    @Test
    void place_andDeadLetters_areNamedByTopicAndSubscription() throws InvalidPropertyException {
        spec.setServiceUrl("pulsar+ssl://a:6651,b:6651");
        spec.setTopic("persistent://tenant/spans/zipkin");
        spec.setSubscriptionName("s");
        SubscriptionSettings settings = SubscriptionSettings.of(spec);

        assertThat(settings.deadLetterTopic()).isEqualTo("persistent://tenant/spans/zipkin-s-DLQ");
        assertThat(settings.place())
                .isEqualTo("topic persistent://tenant/spans/zipkin of pulsar+ssl://a:6651,b:6651, subscription s");
    }

    @Test
    void topics_areTheUsualOne_andThatOfOtlpWhereItIsSet() throws InvalidPropertyException {
        assertThat(SubscriptionSettings.ofEachTopic(spec)).containsExactly(SubscriptionSettings.of(spec));

        spec.setOtlpTopic(" otlp ");
        List<SubscriptionSettings> both = SubscriptionSettings.ofEachTopic(spec);
        assertThat(both).extracting(SubscriptionSettings::topic).containsExactly("zipkin", "otlp");
        assertThat(both).extracting(SubscriptionSettings::otlp).containsExactly(false, true);
        assertThat(both.get(1).deadLetterTopic()).isEqualTo("otlp-zipkin-DLQ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pulsar:6650", "ftp://pulsar", "pulsar://me:s3cret@pulsar:6650"})
    void serviceUrl_thatIsNone_isRefusedWithoutShowingIt(String url) {
        spec.setServiceUrl(url);
        assertThatThrownBy(spec::validate)
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("PULSAR_SERVICE_URL")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void concurrency_isBounded() {
        spec.setConcurrency("0");
        assertThatThrownBy(spec::validate).hasMessageContaining("PULSAR_CONCURRENCY=0");
    }
}
