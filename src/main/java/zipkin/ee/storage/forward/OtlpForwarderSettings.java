package zipkin.ee.storage.forward;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import zipkin.ee.config.HttpUrl;
import zipkin.ee.config.InvalidSettingsException;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingText;
import zipkin.ee.config.SettingsReader;

/**
 * STORAGE_TYPE=otlp-forwarder.
 *
 * @param endpoint where requests for traces are posted; empty when not set
 * @param headers of each request, by name; their values are secret
 * @param gzip whether requests are compressed
 * @param timeout of connecting, and of each wait for an answer
 * @param maxMessageBytes size before compression beyond which a list of spans is sent in parts
 */
public record OtlpForwarderSettings(
        URI endpoint, Map<String, String> headers, boolean gzip, Duration timeout, int maxMessageBytes) {
    private static final URI NOWHERE = URI.create("");
    private static final String TRACES = "/v1/traces";
    private static final String GZIP = "gzip";
    private static final int MAX_MESSAGE = 4 * 1024 * 1024;
    private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;
    private static final String URL = "an http or https URL without user, password, query and fragment";

    /** A token of HTTP. */
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

    /** Those that describe the message or the connection. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "host",
            "transfer-encoding",
            "zipkin-forwarded-by");

    private static final Setting<URI> ENDPOINT = Setting.of(
            "OTLP_FORWARDER_ENDPOINT",
            "",
            URL,
            "Where STORAGE_TYPE=otlp-forwarder sends spans over OTLP/HTTP: the base URL, such as "
                    + "http://collector:4318, to which /v1/traces is appended. Required there, unless "
                    + "OTLP_FORWARDER_TRACES_ENDPOINT is set.",
            HttpUrl::plain);
    private static final Setting<URI> TRACES_ENDPOINT = Setting.of(
            "OTLP_FORWARDER_TRACES_ENDPOINT",
            "",
            URL,
            "The whole URL, such as http://tempo:4318/v1/traces, in place of OTLP_FORWARDER_ENDPOINT.",
            HttpUrl::plain);
    private static final Setting<Map<String, String>> HEADERS = Setting.of(
            "OTLP_FORWARDER_HEADERS",
            "",
            "name=value pairs, comma separated, with percent-encoded values",
            "Headers of each request, such as Authorization=Bearer%20abc. Shown nowhere.",
            OtlpForwarderSettings::headers);
    private static final Setting<String> COMPRESSION =
            Setting.choice("OTLP_FORWARDER_COMPRESSION", List.of(GZIP, "none"), "Compression of requests.");
    private static final Setting<Duration> TIMEOUT = Setting.duration(
            "OTLP_FORWARDER_TIMEOUT",
            "10s",
            "How long connecting to the endpoint, and each wait for its answer, may take.");
    private static final Setting<Integer> MAX = Setting.integer(
            "OTLP_FORWARDER_MESSAGE_MAX_BYTES",
            MAX_MESSAGE,
            1000,
            LARGEST_MESSAGE,
            "Maximum size of one request before compression, unless one span alone is larger. Receivers take 20 MiB "
                    + "by default.");

    public static OtlpForwarderSettings from(SettingsReader reader) {
        URI base = reader.get(ENDPOINT, NOWHERE);
        URI traces = base.equals(NOWHERE) ? NOWHERE : URI.create(withoutSlashes(base.toString()) + TRACES);
        return new OtlpForwarderSettings(
                reader.get(TRACES_ENDPOINT, traces),
                reader.get(HEADERS),
                reader.get(COMPRESSION).equals(GZIP),
                reader.get(TIMEOUT),
                reader.get(MAX));
    }

    private static String withoutSlashes(String url) {
        int end = url.length();
        while (url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String pair : SettingText.list(text)) {
            int equals = pair.indexOf('=');
            String name = pair.substring(0, Math.max(0, equals)).strip();
            // A plus is a plus here, unlike in forms.
            String value =
                    URLDecoder.decode(pair.substring(equals + 1).strip().replace("+", "%2B"), StandardCharsets.UTF_8);
            if (!HEADER_NAME.matcher(name).matches()
                    || !HEADER_VALUE.matcher(value).matches()
                    || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("not a header");
            }
            headers.put(name, value);
        }
        return headers;
    }

    /**
     * @throws InvalidSettingsException without an endpoint: a default would be this server itself
     */
    public void requireEndpoint() {
        if (endpoint.equals(NOWHERE)) {
            throw new InvalidSettingsException(List.of("OTLP_FORWARDER_ENDPOINT: must be set for "
                    + "STORAGE_TYPE=otlp-forwarder, such as http://collector:4318"));
        }
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
