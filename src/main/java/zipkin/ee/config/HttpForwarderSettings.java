package zipkin.ee.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

/**
 * STORAGE_TYPE=http-forwarder.
 *
 * @param endpoint where spans are posted; empty when not set
 * @param proto3 whether as proto3 rather than JSON v2
 * @param timeout of connecting, and of waiting for an answer
 */
public record HttpForwarderSettings(URI endpoint, boolean proto3, Duration timeout) {
    private static final URI NOWHERE = URI.create("");
    private static final String JSON = "JSON";
    private static final String PROTO3 = "PROTO3";

    private static final Setting<String> ENDPOINT = Setting.text(
            "HTTP_FORWARDER_ENDPOINT",
            "",
            "Where STORAGE_TYPE=http-forwarder posts spans, such as http://zipkin:9411/api/v2/spans. "
                    + "Must be set then.");
    private static final Setting<String> ENCODING =
            Setting.choice("HTTP_FORWARDER_ENCODING", List.of(JSON, PROTO3), "How spans are posted.");
    private static final Setting<Duration> TIMEOUT = Setting.duration(
            "HTTP_FORWARDER_TIMEOUT", "10s", "Of connecting to the endpoint, and of each wait for its answer.");

    static List<Setting<?>> settings() {
        return List.of(ENDPOINT, ENCODING, TIMEOUT);
    }

    static HttpForwarderSettings from(SettingsReader reader) {
        return new HttpForwarderSettings(endpoint(reader), reader.get(ENCODING).equals(PROTO3), reader.get(TIMEOUT));
    }

    private static URI endpoint(SettingsReader reader) {
        String text = reader.get(ENDPOINT);
        if (text.isEmpty()) {
            return NOWHERE;
        }
        try {
            URI uri = new URI(text);
            boolean usable = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
            if (usable) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        reader.refuse(ENDPOINT.name(), text, "an http or https URL without user and password");
        return NOWHERE;
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
