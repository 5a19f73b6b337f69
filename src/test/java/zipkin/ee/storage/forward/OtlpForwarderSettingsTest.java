package zipkin.ee.storage.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.ZipkinSettings;
import zipkin.ee.config.InvalidSettingsException;

class OtlpForwarderSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "http://collector:4318, http://collector:4318/v1/traces",
        "http://collector:4318/, http://collector:4318/v1/traces",
        "https://otlp.example.com/tenant//, https://otlp.example.com/tenant/v1/traces",
        "http://[::1]:4318, http://[::1]:4318/v1/traces"
    })
    void endpoint_isTheBaseOfTheUrl(String base, String expected) {
        assertThat(read("OTLP_FORWARDER_ENDPOINT", base)).isEqualTo(settings(expected, Map.of()));
    }

    @Test
    void tracesEndpoint_isTheWholeUrl_andComesFirst() {
        assertThat(read(
                        "OTLP_FORWARDER_TRACES_ENDPOINT",
                        "http://tempo:4318/custom",
                        "OTLP_FORWARDER_ENDPOINT",
                        "http://collector:4318"))
                .isEqualTo(settings("http://tempo:4318/custom", Map.of()));
    }

    @Test
    void endpoint_mustBeSet() {
        assertThatThrownBy(() -> read("OTLP_FORWARDER_TIMEOUT", "1s").requireEndpoint())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("OTLP_FORWARDER_ENDPOINT: must be set for STORAGE_TYPE=otlp-forwarder");
    }

    @Test
    void headers_arePairsWithEncodedValues() {
        assertThat(read("OTLP_FORWARDER_HEADERS", " Authorization=Basic%20YTpi+w==,x-tenant = a%2Cb ,empty=")
                        .headers())
                .isEqualTo(Map.of("Authorization", "Basic YTpi+w==", "x-tenant", "a,b", "empty", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Xs3cr3tX",
                "=Xs3cr3tX",
                "a b=Xs3cr3tX",
                "a=Xs3cr3tX%0d%0ab:c",
                "a=Xs3cr3tX%",
                "a=Xs3cr3tX%zz",
                "a=Xs3cr3tX\u00e9",
                "Content-Type=Xs3cr3tX",
                "host=Xs3cr3tX",
                "Zipkin-Forwarded-By=Xs3cr3tX"
            })
    void headers_ofAnyOtherForm_areRefusedUnshown(String headers) {
        assertThatThrownBy(() -> read("OTLP_FORWARDER_HEADERS", headers))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("OTLP_FORWARDER_HEADERS=… (" + headers.length()
                        + " characters): must be name=value pairs, comma separated, with percent-encoded values")
                .message()
                .doesNotContain("Xs3cr3tX");
    }

    @ParameterizedTest
    @CsvSource({
        "OTLP_FORWARDER_ENDPOINT, collector:4318",
        "OTLP_FORWARDER_ENDPOINT, http://me:secret@collector:4318",
        "OTLP_FORWARDER_ENDPOINT, http://collector:4318?key=secret",
        "OTLP_FORWARDER_TRACES_ENDPOINT, http://collector:4318/v1/traces#x",
        "OTLP_FORWARDER_COMPRESSION, zstd",
        "OTLP_FORWARDER_TIMEOUT, 0",
        "OTLP_FORWARDER_MESSAGE_MAX_BYTES, 999"
    })
    void setting_thatIsWrong_isRefusedByItsName(String name, String value) {
        assertThatThrownBy(() -> read(name, value))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(name)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void text_showsNoHeader() {
        assertThat(read("OTLP_FORWARDER_HEADERS", "Authorization=Xs3cr3tX").toString())
                .contains("gzip=true")
                .doesNotContain("Xs3cr3tX", "Authorization");
    }

    private static OtlpForwarderSettings settings(String endpoint, Map<String, String> headers) {
        return new OtlpForwarderSettings(URI.create(endpoint), headers, true, Duration.ofSeconds(10), 4 * 1024 * 1024);
    }

    private static OtlpForwarderSettings read(String... namesAndValues) {
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            texts.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return ZipkinSettings.read(texts::get).otlpForwarder();
    }
}
