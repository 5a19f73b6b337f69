package zipkin.ee.differential;

import java.util.ArrayList;
import java.util.List;

/** What only other settings show: sampling, trace ids matched by their low 64 bits. */
final class SettingsCases {
    private SettingsCases() {}

    /**
     * For COLLECTOR_SAMPLE_RATE=0.5 and STRICT_TRACE_ID=false: a message of forty traces, a kept
     * one among them.
     */
    static List<Case> sampling() {
        List<Case> cases = new ArrayList<>();
        StringBuilder body = new StringBuilder("[").append(span("7", true));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            // Spread over the whole range by the golden ratio, so that about half of them are kept.
            ids.add(String.format("%016x", 0x9e3779b97f4a7c15L * (i + 1)));
        }
        ids.addAll(List.of(
                "3fffffffffffffff",
                "4000000000000000",
                "c000000000000001",
                "c000000000000000",
                "8000000000000000",
                "1"));
        ids.forEach(id -> body.append(',').append(span(id, false)));
        ids.forEach(id -> body.append(',').append(span("f00d000000000000" + "0".repeat(16 - id.length()) + id, false)));
        cases.addAll(Case.post("sampling/post", IntakeCases.V2, body.append(']').toString())
                .readBack("7"));
        for (String id : ids) {
            cases.add(Case.get("sampling/kept " + id, "/api/v2/trace/" + id));
        }
        cases.add(Case.get("sampling/metrics", "/metrics").viewedAs(BodyView.JSON_VALUES));
        return cases;
    }

    /** For STRICT_TRACE_ID=false: the same trace reported with 64 and with 128 bits. */
    static List<Case> lenientIds() {
        List<Case> cases = new ArrayList<>();
        String low = "00000000000000e1";
        String wide = "463ac35c9f6413ad" + low;
        cases.addAll(Case.post("lenient/64 bits", IntakeCases.V2, "[" + timed(low, "a", 1) + "]")
                .readBack(low));
        cases.add(Case.post(
                        "lenient/128 bits", IntakeCases.V2, "[" + timed(wide, "b", 2) + "," + timed("e2", "c", 3) + "]")
                .storing("e2"));
        for (String path : List.of(
                "trace/" + low,
                "trace/" + wide,
                "trace/ffffffffffffffff" + low,
                "trace/e1",
                "traceMany?traceIds=" + low + "," + wide,
                "traceMany?traceIds=" + low + ",e2",
                "traceMany?traceIds=" + wide + ",e2,dead",
                "traces?limit=100",
                "traces?serviceName=a&limit=100",
                "traces?serviceName=a&spanName=b&limit=100",
                "dependencies?endTs=" + Moment.millis(100))) {
            cases.add(Case.get("lenient/" + path.replaceAll("endTs=\\d+", "endTs"), "/api/v2/" + path));
        }
        return cases;
    }

    private static String span(String trace, boolean debug) {
        return "{\"traceId\":\"" + trace + "\",\"id\":\"1\",\"name\":\"n\",\"debug\":" + debug + ",\"tags\":{}}";
    }

    private static String timed(String trace, String id, long second) {
        return "{\"traceId\":\"" + trace + "\",\"id\":\"" + id + "\",\"name\":\"" + id
                + "\",\"debug\":true,\"timestamp\":" + Moment.micros(second)
                + ",\"duration\":5,\"localEndpoint\":{\"serviceName\":\"a\"}}";
    }
}
