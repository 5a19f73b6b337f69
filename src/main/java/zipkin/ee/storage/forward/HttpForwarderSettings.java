package zipkin.ee.storage.forward;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import zipkin.ee.config.HttpUrl;
import zipkin.ee.config.InvalidSettingsException;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * STORAGE_TYPE=http-forwarder.
 *
 * @param endpoint where spans are posted; empty when not set
 * @param proto3 whether spans are posted as proto3 rather than JSON v2
 * @param timeout of connecting, and of each wait for an answer
 */
public record HttpForwarderSettings(URI endpoint, boolean proto3, Duration timeout) {
    private static final URI NOWHERE = URI.create("");
    private static final String JSON = "JSON";
    private static final String PROTO3 = "PROTO3";

    private static final Setting<URI> ENDPOINT = Setting.of(
            "HTTP_FORWARDER_ENDPOINT",
            "",
            "an http or https URL without user and password",
            "Where STORAGE_TYPE=http-forwarder posts spans, such as http://zipkin:9411/api/v2/spans. "
                    + "Required there.",
            HttpUrl::withoutUser);
    private static final Setting<String> ENCODING =
            Setting.choice("HTTP_FORWARDER_ENCODING", List.of(JSON, PROTO3), "Encoding in which spans are posted.");
    private static final Setting<Duration> TIMEOUT = Setting.duration(
            "HTTP_FORWARDER_TIMEOUT",
            "10s",
            "How long connecting to the endpoint, and each wait for its answer, may take.");

    public static HttpForwarderSettings from(SettingsReader reader) {
        return new HttpForwarderSettings(
                reader.get(ENDPOINT, NOWHERE), reader.get(ENCODING).equals(PROTO3), reader.get(TIMEOUT));
    }

    /**
     * @throws InvalidSettingsException without an endpoint: the reference's default would be this
     *     server itself
     */
    public void requireEndpoint() {
        if (endpoint.equals(NOWHERE)) {
            throw new InvalidSettingsException(
                    List.of("HTTP_FORWARDER_ENDPOINT: must be set for STORAGE_TYPE=http-forwarder, such "
                            + "as http://zipkin:9411/api/v2/spans"));
        }
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
