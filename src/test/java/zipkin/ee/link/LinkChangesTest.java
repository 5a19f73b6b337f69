package zipkin.ee.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.link.LinkChanges.Change;
import zipkin.ee.link.LinkChanges.Link;
import zipkin2.Endpoint;
import zipkin2.Span;

class LinkChangesTest {
    private static final long DAY_MICROS = 24 * 3600 * 1_000_000L;
    private static final int DAY = 20_454;

    private final Span root = span("1", Span.Kind.SERVER, "frontend").build();
    private final Span call =
            span("2", Span.Kind.CLIENT, "frontend").parentId("1").build();
    private final Span answer =
            span("2", Span.Kind.SERVER, "backend").parentId("1").shared(true).build();
    private final LinkChanges changes = new LinkChanges();

    @Test
    void add_aNewTrace_countsItsLinksOnItsDay() {
        add(List.of(), List.of(root, call, answer));

        assertThat(changes.toApply()).isEqualTo(Map.of(new Link(DAY, "frontend", "backend"), new Change(1, 0)));
    }

    @Test
    void add_spansThatChangeNothing_isNoChange() {
        add(List.of(root, call, answer), List.of(root, call, answer));

        assertThat(changes.toApply()).isEmpty();
    }

    @Test
    void add_aLateErrorAndALateParent_correctsWhatWasCounted() {
        Span failed = answer.toBuilder().putTag("error", "500").build();
        add(List.of(root, call), List.of(root, call, failed));
        assertThat(changes.toApply()).isEqualTo(Map.of(new Link(DAY, "frontend", "backend"), new Change(1, 1)));
    }

    @Test
    void add_aLateServer_takesBackTheLinkThatItsClientHadGuessed() {
        Span guessing = call.toBuilder()
                .remoteEndpoint(Endpoint.newBuilder().serviceName("guessed").build())
                .build();
        add(List.of(root, guessing), List.of(root, guessing, answer));

        assertThat(changes.toApply())
                .isEqualTo(Map.of(
                        new Link(DAY, "frontend", "guessed"), new Change(-1, 0),
                        new Link(DAY, "frontend", "backend"), new Change(1, 0)));
    }

    @Test
    void add_aLateRootOfTheDayBefore_movesTheTrace() {
        Span early = root.toBuilder().timestamp((DAY - 1) * DAY_MICROS).build();
        add(List.of(call, answer), List.of(call, answer, early));

        assertThat(changes.toApply())
                .isEqualTo(Map.of(
                        new Link(DAY, "frontend", "backend"), new Change(-1, 0),
                        new Link(DAY - 1, "frontend", "backend"), new Change(1, 0)));
    }

    @Test
    void add_spansWithoutTimestamps_countOnTheFirstDay() {
        add(
                List.of(),
                List.of(
                        call.toBuilder().timestamp(0L).build(),
                        answer.toBuilder().timestamp(0L).build()));

        assertThat(changes.toApply()).isEqualTo(Map.of(new Link(0, "frontend", "backend"), new Change(1, 0)));
    }

    private void add(List<Span> counted, List<Span> present) {
        TraceSpans trace = new TraceSpans();
        counted.forEach(span -> trace.add(span, true));
        present.stream().filter(span -> !counted.contains(span)).forEach(span -> trace.add(span, false));
        changes.add(trace);
    }

    private static Span.Builder span(String id, Span.Kind kind, String service) {
        return Span.newBuilder()
                .traceId("a")
                .id(id)
                .kind(kind)
                .localEndpoint(Endpoint.newBuilder().serviceName(service).build())
                .timestamp(DAY * DAY_MICROS + 1);
    }
}
