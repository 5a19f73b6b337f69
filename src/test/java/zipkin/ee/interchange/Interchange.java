package zipkin.ee.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.CanonicalJson;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.ReferenceServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Span;

/**
 * Half of the traces are written through one server, half through the other; then both are asked
 * the same.
 */
final class Interchange {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ZipkinHttp reference;
    private final ZipkinHttp ours;
    private final long nowMillis = System.currentTimeMillis();
    private final InterchangeTraces byReference = new InterchangeTraces(nowMillis - 20_000, "a");
    private final InterchangeTraces byUs = new InterchangeTraces(nowMillis - 10_000, "b");

    private Interchange(ZipkinHttp reference, ZipkinHttp ours) {
        this.reference = reference;
        this.ours = ours;
    }

    /**
     * Starts both servers on the storage that {@code settings} lead to, writes and asks.
     *
     * @param callsByLink what we have counted
     */
    static void assertShared(Map<String, String> settings, Map<String, Integer> callsByLink) {
        Map<String, String> withLinks = new HashMap<>(settings);
        withLinks.put("DEPENDENCY_LINKS_REST", "1s");
        try (LeasedServer ours = LeasedServer.start(withLinks);
                ReferenceServer reference = ReferenceServer.start(settings)) {
            Interchange interchange = new Interchange(new ZipkinHttp(reference.uri()), ours.http());
            interchange.write();
            interchange.assertTracesAreWhole();
            interchange.assertAnswersAreEqual();
            interchange.assertLinksAreEqual(callsByLink);
        }
    }

    /** Writes, and waits until both servers find all traces. */
    private void write() {
        reference.report(byReference.spans());
        ours.report(byUs.spans());
        List<String> ids = new ArrayList<>(byReference.traceIds());
        ids.addAll(byUs.traceIds());
        for (ZipkinHttp server : List.of(reference, ours)) {
            for (String service : List.of("everywhere")) {
                Await.value(
                        "all traces at " + server.uri(""),
                        LIMIT,
                        () -> get(server, "/api/v2/traces?limit=1000&serviceName=" + service),
                        answer -> ids.stream().allMatch(answer::contains));
            }
        }
    }

    /** Each trace, through either server, is what was sent. */
    private void assertTracesAreWhole() {
        for (InterchangeTraces traces : List.of(byReference, byUs)) {
            for (List<Span> trace : traces.traces()) {
                String id = trace.get(0).traceId();
                assertThat(ours.trace(id)).as("trace %s from us", id).containsExactlyInAnyOrderElementsOf(trace);
                assertThat(reference.trace(id))
                        .as("trace %s from the reference", id)
                        .containsExactlyInAnyOrderElementsOf(trace);
            }
        }
    }

    /** The same answers to the same questions. */
    private void assertAnswersAreEqual() {
        List<String> questions = questions();
        List<String> different = new ArrayList<>();
        int answeredByMore = 0;
        for (String question : questions) {
            String expected = CanonicalJson.of(get(reference, question));
            String answer = CanonicalJson.of(get(ours, question));
            if (!answer.equals(expected)) {
                different.add(question + "\n  reference: " + expected + "\n  ours:      " + answer);
            }
            if (expected.length() > 2) {
                answeredByMore++;
            }
        }
        assertThat(different).isEmpty();
        // The questions are about something.
        assertThat(answeredByMore).isGreaterThan(questions.size() / 4);
    }

    /** The links that we have counted, as both servers return them. */
    private void assertLinksAreEqual(Map<String, Integer> callsByLink) {
        String question = "/api/v2/dependencies?endTs=" + nowMillis + "&lookback=86400000";
        for (Map.Entry<String, Integer> link : callsByLink.entrySet()) {
            String[] names = link.getKey().split(">", 2);
            String expected = "{callCount=" + link.getValue() + ", child=\"" + names[1] + "\"";
            for (ZipkinHttp server : List.of(ours, reference)) {
                Await.value(
                        expected + " at " + server.uri(""),
                        LIMIT,
                        () -> CanonicalJson.of(get(server, question)),
                        answer -> answer.contains(expected));
            }
        }
        assertThat(CanonicalJson.of(get(ours, question))).isEqualTo(CanonicalJson.of(get(reference, question)));
    }

    private List<String> questions() {
        List<String> questions = new ArrayList<>(List.of(
                "/api/v2/services",
                "/api/v2/autocompleteKeys",
                "/api/v2/autocompleteValues?key=environment",
                "/api/v2/autocompleteValues?key=nothing"));
        for (String service : InterchangeTraces.SERVICES) {
            questions.add("/api/v2/spans?serviceName=" + service);
            questions.add("/api/v2/remoteServices?serviceName=" + service);
            for (String condition : InterchangeTraces.CONDITIONS) {
                questions.add("/api/v2/traces?limit=1000&serviceName=" + service + "&" + condition);
            }
        }
        for (String condition : InterchangeTraces.CONDITIONS) {
            questions.add("/api/v2/traces?limit=1000&" + condition);
        }
        questions.add("/api/v2/traces?limit=1000&endTs=" + (nowMillis - 15_000) + "&lookback=10000");
        questions.add("/api/v2/traces?limit=1000&endTs=" + (nowMillis - 3_600_000) + "&lookback=10000");
        List<String> ids = new ArrayList<>(byReference.traceIds());
        ids.addAll(byUs.traceIds());
        questions.add("/api/v2/traceMany?traceIds=" + String.join(",", ids));
        return questions;
    }

    static String annotationQuery(String text) {
        return "annotationQuery=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String get(ZipkinHttp server, String path) {
        HttpResponse<String> response = server.get(path);
        return response.statusCode() == 200 ? response.body() : response.statusCode() + " " + response.body();
    }
}
