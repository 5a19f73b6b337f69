package zipkin.ee.config;

import java.util.List;
import java.util.Locale;

/**
 * Spans over OTLP/HTTP. The limits of HTTP bodies apply to its messages.
 *
 * @param offBy the setting that switches OTLP off; empty when it is on
 * @param resourcePrefix what the tags of resource attributes begin with
 * @param resourceAttributes names of the resource attributes that become tags, in order; {@code *}
 *     stands for any characters and {@code !} leaves out
 * @param ipAsService whether an address is the name of a remote service that has no other
 * @param libraryTags whether spans also have the deprecated tags otel.library.name and version
 * @param discarded the signals that are accepted and discarded, of logs and metrics; others are 404
 * @param logs which log records of a span become annotations, where logs are accepted
 * @param allowedOrigins origins that browsers may send from; {@code *} for all
 */
public record OtlpSettings(
        String offBy,
        String resourcePrefix,
        List<String> resourceAttributes,
        boolean ipAsService,
        boolean libraryTags,
        List<String> discarded,
        Logs logs,
        List<String> allowedOrigins) {

    /** Log records that become annotations. */
    public enum Logs {
        EVENTS,
        CORRELATED,
        NONE
    }

    private static final String NONE = "none";
    private static final List<String> SIGNALS = List.of("logs", "metrics");

    private static final Setting<Boolean> ENABLED = Setting.flag(
                    "COLLECTOR_OTLP_ENABLED",
                    true,
                    "Whether OTLP is accepted over HTTP: POST /v1/traces, /v1/logs and /v1/metrics; 404 otherwise. "
                            + "Needs COLLECTOR_HTTP_ENABLED too.")
            .orNamed("COLLECTOR_OTEL_HTTP_ENABLED");
    private static final Setting<String> RESOURCE_PREFIX = Setting.text(
            "COLLECTOR_OTEL_RESOURCE_ATTRIBUTE_PREFIX",
            "",
            "What the tags of resource attributes begin with, such as resource. with its dot.");
    private static final Setting<List<String>> RESOURCE_ATTRIBUTES = Setting.list(
            "COLLECTOR_OTLP_RESOURCE_ATTRIBUTES",
            "*",
            "Resource attributes that become tags of every span: names, with * for any characters and ! before a "
                    + "name to leave it out, such as *,!process.command_args,!telemetry.sdk.*");
    private static final Setting<Boolean> IP_AS_SERVICE = Setting.flag(
            "COLLECTOR_OTLP_IP_AS_SERVICE",
            true,
            "Whether the IP address of a remote service without a name is its name, so that dependency links show "
                    + "it.");
    private static final Setting<Boolean> LIBRARY_TAGS = Setting.flag(
            "COLLECTOR_OTLP_LIBRARY_TAGS",
            false,
            "Whether spans have the deprecated tags otel.library.name and otel.library.version as well as "
                    + "otel.scope.name and otel.scope.version.");
    private static final Setting<List<String>> DISCARD = Setting.of(
            "COLLECTOR_OTLP_DISCARD",
            String.join(",", SIGNALS),
            "logs, metrics, both, or none",
            "Signals that are accepted and discarded, so that clients that send all signals to one address log no "
                    + "errors; 404 for the others. COLLECTOR_OTLP_LOGS says which log records are kept.",
            OtlpSettings::signals);
    private static final Setting<String> LOGS = Setting.choice(
            "COLLECTOR_OTLP_LOGS",
            List.of("events", "correlated", "none"),
            "Which log records become annotations of their spans: those with the name of an event, all with a trace "
                    + "id and a span id, or none. Needs logs in COLLECTOR_OTLP_DISCARD, which accepts them.");
    private static final Setting<List<String>> ALLOWED_ORIGINS = Setting.list(
            "COLLECTOR_OTLP_ALLOWED_ORIGINS",
            "",
            "Origins from which browsers may send OTLP (CORS), comma separated; * for all, which then send "
                    + "no credentials.");

    private static List<String> signals(String text) {
        List<String> signals = SettingText.list(text.toLowerCase(Locale.ROOT));
        if (signals.equals(List.of(NONE))) {
            return List.of();
        }
        if (!SIGNALS.containsAll(signals)) {
            throw new IllegalArgumentException("none of the signals");
        }
        return signals;
    }

    public static OtlpSettings from(SettingsReader reader) {
        List<String> discarded = reader.get(DISCARD);
        Logs logs = Logs.valueOf(reader.get(LOGS).toUpperCase(Locale.ROOT));
        if (logs == Logs.CORRELATED && !discarded.contains("logs")) {
            reader.refuse(LOGS, "correlated", "events or none where COLLECTOR_OTLP_DISCARD does not have logs");
        }
        return new OtlpSettings(
                reader.get(ENABLED)
                        ? reader.get(HttpIntakeSettings.ENABLED) ? "" : "COLLECTOR_HTTP_ENABLED=false"
                        : "COLLECTOR_OTLP_ENABLED=false",
                reader.get(RESOURCE_PREFIX),
                reader.get(RESOURCE_ATTRIBUTES),
                reader.get(IP_AS_SERVICE),
                reader.get(LIBRARY_TAGS),
                discarded,
                logs,
                reader.get(ALLOWED_ORIGINS));
    }

    /** Whether messages are taken, over HTTP and over gRPC. */
    public boolean enabled() {
        return offBy.isEmpty();
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
