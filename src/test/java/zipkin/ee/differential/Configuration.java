package zipkin.ee.differential;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One start of both servers.
 *
 * @param settings their environment
 * @param ours further settings of Zipkin EE alone: another storage than the reference's
 * @param cases what they are sent, in this order
 * @param deviations differences that are meant here, beside those that are meant everywhere
 */
record Configuration(
        String name,
        Map<String, String> settings,
        Map<String, String> ours,
        List<Case> cases,
        List<Deviation> deviations) {

    private static final Map<String, String> SQL = Map.of("STORAGE_RETENTION", "0", "DEPENDENCY_LINKS_REST", "100ms");

    Configuration(String name, Map<String, String> settings, List<Case> cases) {
        this(name, settings, Map.of(), cases, List.of());
    }

    static List<Configuration> all() {
        return List.of(
                defaults(),
                sql(),
                samplingAndLenientIds(),
                sqlLenientIds(),
                searchDisabled(),
                queryDisabled(),
                collectorDisabled());
    }

    /**
     * Whether an answer may be right only after a while, because the storage works it out in the
     * background.
     */
    boolean isEventual(Case request) {
        return !ours.isEmpty() && request.path().contains("/dependencies");
    }

    /**
     * A SQL storage on the application server's own database, against what the reference's memory
     * has answered to {@link #defaults}.
     */
    private static Configuration sql() {
        List<Case> cases = new ArrayList<>(QueryCases.all());
        cases.addAll(JsonCases.all());
        cases.addAll(JsonV1Cases.all());
        cases.addAll(ThriftCases.all());
        cases.addAll(ProtoCases.all());
        // The reference returns links in the order in which it met them.
        cases.replaceAll(each -> each.path().contains("/dependencies") ? each.viewedAs(BodyView.JSON_SET) : each);
        return new Configuration(
                "SQL storage",
                Map.of("AUTOCOMPLETE_KEYS", "env,clnt/finagle.version"),
                sql(Map.of("STORAGE_TYPE", "jpa")),
                cases,
                Deviations.ofSql());
    }

    /**
     * In a file, because the application server's own database keeps what {@link #sql} has stored,
     * also over a reload.
     */
    private static Configuration sqlLenientIds() {
        List<Case> cases = new ArrayList<>(SettingsCases.sampling());
        cases.addAll(SettingsCases.lenientIds());
        return new Configuration(
                "SQL storage, sampling and lenient ids",
                Map.of("COLLECTOR_SAMPLE_RATE", "0.5", "STRICT_TRACE_ID", "false"),
                sql(Map.of("STORAGE_TYPE", "h2", "ZIPKIN_DB_FILE", newDatabase())),
                cases,
                Deviations.ofLenientSql());
    }

    private static Map<String, String> sql(Map<String, String> database) {
        Map<String, String> all = new HashMap<>(SQL);
        all.putAll(database);
        return all;
    }

    private static String newDatabase() {
        return Path.of("target", "differential", UUID.randomUUID().toString())
                .toAbsolutePath()
                .toString();
    }

    private static Configuration defaults() {
        List<Case> cases = new ArrayList<>(OperationsCases.all("at first"));
        cases.addAll(QueryCases.all());
        cases.addAll(UiCases.compression());
        cases.addAll(OperationsCases.all("after good spans"));
        cases.addAll(UiCases.all());
        cases.addAll(CorsCases.all());
        cases.addAll(RoutingCases.all());
        cases.addAll(JsonCases.all());
        cases.addAll(JsonV1Cases.all());
        cases.addAll(ThriftCases.all());
        cases.addAll(ProtoCases.all());
        cases.addAll(IntakeCases.all());
        cases.addAll(OperationsCases.all("at last"));
        return new Configuration("defaults", Map.of("AUTOCOMPLETE_KEYS", "env,clnt/finagle.version"), cases);
    }

    private static Configuration samplingAndLenientIds() {
        List<Case> cases = new ArrayList<>(SettingsCases.sampling());
        cases.addAll(SettingsCases.lenientIds());
        return new Configuration(
                "sampling and lenient ids", Map.of("COLLECTOR_SAMPLE_RATE", "0.5", "STRICT_TRACE_ID", "false"), cases);
    }

    private static Configuration searchDisabled() {
        List<Case> cases = new ArrayList<>(Dataset.posts());
        cases.addAll(QueryCases.few("search disabled"));
        cases.addAll(CorsCases.all());
        cases.add(Case.get("search disabled/config.json", "/zipkin/config.json"));
        return new Configuration(
                "search disabled, origins limited",
                Map.of(
                        "SEARCH_ENABLED", "false",
                        "AUTOCOMPLETE_KEYS", "env",
                        "ZIPKIN_QUERY_ALLOWED_ORIGINS", "http://foo.com,http://bar.com",
                        "ZIPKIN_UI_ENVIRONMENT", "staging"),
                cases);
    }

    private static Configuration queryDisabled() {
        List<Case> cases = new ArrayList<>(QueryCases.few("query disabled"));
        cases.addAll(routes("query disabled"));
        cases.add(Case.post("query disabled/post", IntakeCases.V2, "[{\"traceId\":\"1\",\"id\":\"1\",\"tags\":{}}]"));
        cases.add(Case.get("query disabled/metrics", "/metrics").viewedAs(BodyView.JSON_VALUES));
        return new Configuration("query disabled", Map.of("QUERY_ENABLED", "false"), cases);
    }

    private static Configuration collectorDisabled() {
        List<Case> cases = new ArrayList<>(QueryCases.few("collector disabled"));
        cases.addAll(routes("collector disabled"));
        for (String path : List.of(IntakeCases.V1, IntakeCases.V2)) {
            cases.add(Case.post("collector disabled/post [] to " + path, path, "[]"));
            cases.add(Case.post("collector disabled/post to " + path, path, "[{\"traceId\":\"1\",\"id\":\"1\"}]"));
        }
        cases.add(Case.get("collector disabled/metrics", "/metrics").viewedAs(BodyView.JSON_VALUES));
        return new Configuration(
                "collector and user interface disabled",
                Map.of("COLLECTOR_HTTP_ENABLED", "false", "UI_ENABLED", "false"),
                cases);
    }

    private static List<Case> routes(String area) {
        List<Case> cases = new ArrayList<>();
        for (String path : List.of(
                "/",
                "/zipkin",
                "/zipkin/",
                "/zipkin/dependency",
                "/zipkin/config.json",
                "/zipkin/unknown",
                "/favicon.ico",
                "/zipkin/favicon.ico",
                "/health",
                "/foo")) {
            cases.add(Case.get(area + "/GET " + path, path));
        }
        for (String method : List.of("PUT", "HEAD", "OPTIONS", "POST")) {
            cases.add(Case.of(method, area + "/" + method + " /api/v2/services", "/api/v2/services"));
            cases.add(Case.of(method, area + "/" + method + " /zipkin/", "/zipkin/"));
        }
        return cases;
    }
}
