package zipkin.ee.differential;

import java.util.List;

/** Health, version and metrics. */
final class OperationsCases {
    private OperationsCases() {}

    /** After what both servers have been sent so far; {@code when} names that. */
    static List<Case> all(String when) {
        return List.of(
                Case.get("operations/health " + when, "/health"),
                Case.get("operations/info " + when, "/info").viewedAs(BodyView.JSON_KEYS),
                Case.get("operations/metrics " + when, "/metrics").viewedAs(BodyView.JSON_VALUES),
                Case.get("operations/metric names " + when, "/prometheus").viewedAs(BodyView.METRIC_NAMES),
                Case.get("operations/request series " + when, "/prometheus").viewedAs(BodyView.REQUEST_SERIES),
                Case.get("operations/prometheus as gzip " + when, "/prometheus", "Accept-Encoding: gzip")
                        .viewedAs(BodyView.IGNORED),
                Case.get("operations/actuator " + when, "/actuator").viewedAs(BodyView.IGNORED),
                Case.get("operations/actuator health " + when, "/actuator/health")
                        .viewedAs(BodyView.IGNORED));
    }
}
