package zipkin.ee.storage.forward;

import java.net.URI;
import java.util.List;
import zipkin.ee.config.InvalidSettingsException;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * STORAGE_TYPE=stackdriver.
 *
 * @param api root of Google's API
 * @param projectId empty when not set
 * @param credentialsFile a key of a service account or of a user; empty for the machine's token
 * @param metadataHost server that issues tokens on Google's machines
 */
public record StackdriverSettings(URI api, String projectId, String credentialsFile, String metadataHost) {
    private static final String DEFAULT_HOST = "cloudtrace.googleapis.com:443";

    private static final Setting<URI> API_HOST = Setting.of(
            "STACKDRIVER_API_HOST",
            DEFAULT_HOST,
            "host:port",
            "Host and port of Google Cloud Trace. With http:// in front, the connection has no TLS.",
            StackdriverSettings::api);
    private static final Setting<String> PROJECT_ID = Setting.text(
            "STACKDRIVER_PROJECT_ID",
            "",
            "[a-zA-Z0-9:.-]*",
            "an id of a project",
            "Project of Google Cloud Trace. Required for STORAGE_TYPE=stackdriver.");
    private static final Setting<String> CREDENTIALS = Setting.text(
            "GOOGLE_APPLICATION_CREDENTIALS",
            "",
            "File with the key of a service account or of a user. Unset: the token of the machine's metadata "
                    + "server (Compute Engine, Kubernetes Engine).");
    private static final Setting<String> METADATA_HOST = Setting.text(
            "GCE_METADATA_HOST",
            "metadata.google.internal",
            "Host of the metadata server, which issues tokens on Google's machines.");

    public static StackdriverSettings from(SettingsReader reader) {
        return new StackdriverSettings(
                reader.get(API_HOST), reader.get(PROJECT_ID), reader.get(CREDENTIALS), reader.get(METADATA_HOST));
    }

    private static URI api(String text) {
        if (!text.matches("(https?://)?[a-zA-Z0-9.-]+(:[0-9]{1,5})?")) {
            throw new IllegalArgumentException("not host:port");
        }
        return URI.create(text.startsWith("http") ? text : "https://" + text);
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
