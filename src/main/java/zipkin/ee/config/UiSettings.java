package zipkin.ee.config;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Lens UI, which reads all of this but {@code enabled} and {@code basePath} from
 * {@code /zipkin/config.json}.
 *
 * @param enabled false: 404 for the UI and its redirects
 * @param basePath path below which a reverse proxy serves the UI, without a slash at its end; empty
 *     for the root
 * @param environment label in the UI's top right corner; empty for none
 * @param queryLimit traces that a search asks for
 * @param defaultLookbackMillis how far a search looks back
 * @param searchEnabled whether the UI has the search page
 * @param logsUrl where the logs of a trace are, with {@code {traceId}} in it; null for none
 * @param supportUrl where users ask for help; null for none
 * @param archivePostUrl where a trace is posted to when it is archived, as v2 JSON; null for none
 * @param archiveUrl where an archived trace is shown, with {@code {traceId}} in it; null for none
 * @param dependencyEnabled whether the UI has the dependencies page
 * @param lowErrorRate share of failed calls that turns a dependency link yellow; above 1 for never
 * @param highErrorRate share of failed calls that turns a dependency link red; above 1 for never
 * @param frameAncestors sources, separated by blanks, of pages that may show the UI in a frame
 */
public record UiSettings(
        boolean enabled,
        String basePath,
        String environment,
        int queryLimit,
        int defaultLookbackMillis,
        boolean searchEnabled,
        @Nullable String logsUrl,
        @Nullable String supportUrl,
        @Nullable String archivePostUrl,
        @Nullable String archiveUrl,
        boolean dependencyEnabled,
        float lowErrorRate,
        float highErrorRate,
        String frameAncestors) {
    private static final Setting<Boolean> ENABLED = Setting.flag(
                    "UI_ENABLED", true, "Whether the Lens UI is served; 404 otherwise.")
            .describedDefault("QUERY_ENABLED");
    private static final Setting<String> BASE_PATH = Setting.text(
            "ZIPKIN_UI_BASEPATH",
            "/zipkin",
            "/[^\\s\"'<>?#]*",
            "a path that starts with /",
            "Path below which a reverse proxy serves the UI, such as /admin/zipkin; / for none.");
    private static final Setting<String> ENVIRONMENT =
            Setting.text("ZIPKIN_UI_ENVIRONMENT", "", "Label in the UI's top right corner.");
    private static final Setting<Integer> QUERY_LIMIT = Setting.integer(
                    "ZIPKIN_UI_QUERY_LIMIT",
                    10,
                    1,
                    Integer.MAX_VALUE,
                    "Number of traces that a search in the UI asks for.")
            .orNamed("ZIPKIN_UI_QUERYLIMIT");
    private static final Setting<Integer> DEFAULT_LOOKBACK = Setting.integer(
                    "ZIPKIN_UI_DEFAULT_LOOKBACK",
                    900_000,
                    1,
                    Integer.MAX_VALUE,
                    "How far a search in the UI looks back by default, in milliseconds.")
            .orNamed("ZIPKIN_UI_DEFAULTLOOKBACK");
    private static final Setting<Boolean> SEARCH_ENABLED = Setting.flag(
                    "ZIPKIN_UI_SEARCH_ENABLED", true, "Whether the UI has the search page.")
            .orNamed("ZIPKIN_UI_SEARCHENABLED")
            .describedDefault("SEARCH_ENABLED");
    private static final Setting<String> LOGS_URL = Setting.text(
                    "ZIPKIN_UI_LOGS_URL", "", "URL of the logs of a trace. {traceId} in it is replaced.")
            .orNamed("ZIPKIN_UI_LOGSURL");
    private static final Setting<String> SUPPORT_URL = Setting.text(
                    "ZIPKIN_UI_SUPPORT_URL", "", "URL where users can ask for help, linked in the side menu.")
            .orNamed("ZIPKIN_UI_SUPPORTURL");
    private static final Setting<String> ARCHIVE_POST_URL = Setting.text(
                    "ZIPKIN_UI_ARCHIVE_POST_URL",
                    "",
                    "URL to which browsers post a trace to archive it, as v2 JSON: https://longterm/api/v2/spans.")
            .orNamed("ZIPKIN_UI_ARCHIVEPOSTURL");
    private static final Setting<String> ARCHIVE_URL = Setting.text(
                    "ZIPKIN_UI_ARCHIVE_URL",
                    "",
                    "URL of an archived trace. {traceId} in it is replaced: "
                            + "https://longterm/zipkin/traces/{traceId}.")
            .orNamed("ZIPKIN_UI_ARCHIVEURL");
    private static final Setting<Boolean> DEPENDENCY_ENABLED =
            Setting.flag("ZIPKIN_UI_DEPENDENCY_ENABLED", true, "Whether the UI has the dependencies page.");
    private static final Setting<Double> LOW_ERROR_RATE = Setting.decimal(
                    "ZIPKIN_UI_DEPENDENCY_LOW_ERROR_RATE",
                    0.5,
                    0.0,
                    Float.MAX_VALUE,
                    "Share of failed calls that turns a dependency link yellow; above 1 for never.")
            .orNamed("ZIPKIN_UI_DEPENDENCY_LOWERRORRATE");
    private static final Setting<Double> HIGH_ERROR_RATE = Setting.decimal(
                    "ZIPKIN_UI_DEPENDENCY_HIGH_ERROR_RATE",
                    0.75,
                    0.0,
                    Float.MAX_VALUE,
                    "Share of failed calls that turns a dependency link red; above 1 for never.")
            .orNamed("ZIPKIN_UI_DEPENDENCY_HIGHERRORRATE");
    private static final Pattern FRAME_ANCESTOR = Pattern.compile(
            "'self'|'none'|\\*|[\\w+.-]+:|([\\w+.-]+://)?(\\*\\.)?[\\w.-]+(:(\\d+|\\*))?(/[\\w./~-]*)?");
    private static final Setting<String> FRAME_ANCESTORS = Setting.of(
            "ZIPKIN_UI_FRAME_ANCESTORS",
            "'self'",
            "a comma separated list of 'self', 'none', * or origins such as https://grafana.example",
            "Pages that may show the UI in a frame, as frame-ancestors of Content-Security-Policy lists them.",
            UiSettings::frameAncestors);

    public static UiSettings from(SettingsReader reader) {
        return new UiSettings(
                reader.get(ENABLED, reader.get(QuerySettings.ENABLED)),
                reader.get(BASE_PATH).replaceFirst("/+$", ""),
                reader.get(ENVIRONMENT),
                reader.get(QUERY_LIMIT),
                reader.get(DEFAULT_LOOKBACK),
                reader.get(SEARCH_ENABLED, reader.get(StorageSettings.SEARCH_ENABLED)),
                reader.find(LOGS_URL),
                reader.find(SUPPORT_URL),
                reader.find(ARCHIVE_POST_URL),
                reader.find(ARCHIVE_URL),
                reader.get(DEPENDENCY_ENABLED),
                reader.get(LOW_ERROR_RATE).floatValue(),
                reader.get(HIGH_ERROR_RATE).floatValue(),
                reader.get(FRAME_ANCESTORS));
    }

    /** A semicolon would begin another directive of the header, so each source is checked. */
    private static String frameAncestors(String text) {
        List<String> ancestors = SettingText.list(text);
        if (ancestors.isEmpty()
                || !ancestors.stream()
                        .allMatch(each -> FRAME_ANCESTOR.matcher(each).matches())) {
            throw new IllegalArgumentException("not a source");
        }
        return String.join(" ", ancestors);
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
