package zipkin.ee.config;

import java.net.URI;
import java.util.List;

/**
 * STORAGE_TYPE=stackdriver.
 *
 * @param api root of Google's API
 * @param projectId empty when not set
 * @param credentialsFile a key of a service account or of a user; empty for what the machine has
 * @param metadataHost who gives tokens on Google's machines
 */
public record StackdriverSettings(URI api, String projectId, String credentialsFile, String metadataHost) {
    private static final String DEFAULT_HOST = "cloudtrace.googleapis.com:443";

    private static final Setting<String> API_HOST = Setting.text(
            "STACKDRIVER_API_HOST",
            DEFAULT_HOST,
            "Host and port of Google Cloud Trace; with http:// in front, without TLS.");
    private static final Setting<String> PROJECT_ID = Setting.text(
            "STACKDRIVER_PROJECT_ID", "", "Project of Google Cloud Trace. Must be set for STORAGE_TYPE=stackdriver.");
    private static final Setting<String> CREDENTIALS = Setting.text(
            "GOOGLE_APPLICATION_CREDENTIALS",
            "",
            "File with the key of a service account, or a user's. Not set: the token that Google's "
                    + "machines give (Compute Engine, Kubernetes Engine).");
    private static final Setting<String> METADATA_HOST =
            Setting.text("GCE_METADATA_HOST", "metadata.google.internal", "Who gives tokens on Google's machines.");

    static List<Setting<?>> settings() {
        return List.of(API_HOST, PROJECT_ID, CREDENTIALS, METADATA_HOST);
    }

    static StackdriverSettings from(SettingsReader reader) {
        return new StackdriverSettings(
                api(reader), projectId(reader), reader.get(CREDENTIALS), reader.get(METADATA_HOST));
    }

    private static URI api(SettingsReader reader) {
        String text = reader.get(API_HOST);
        if (text.matches("(https?://)?[a-zA-Z0-9.-]+(:[0-9]{1,5})?")) {
            return URI.create(text.startsWith("http") ? text : "https://" + text);
        }
        reader.refuse(API_HOST.name(), text, "host:port");
        return URI.create("https://" + DEFAULT_HOST);
    }

    private static String projectId(SettingsReader reader) {
        String text = reader.get(PROJECT_ID);
        if (!text.matches("[a-zA-Z0-9:.-]*")) {
            reader.refuse(PROJECT_ID.name(), text, "an id of a project");
            return "";
        }
        return text;
    }

    /** @throws InvalidSettingsException without a project */
    public void requireProject() {
        if (projectId.isEmpty()) {
            throw new InvalidSettingsException(
                    List.of("STACKDRIVER_PROJECT_ID: must be set for STORAGE_TYPE=stackdriver"));
        }
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
