package zipkin.ee.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shows that the comparison can fail: each aspect that it promises to see is changed alone. */
class ComparerTest {
    private static final Answer ANSWER = answer(200, Map.of("content-type", "application/json"), "[]");

    @Test
    void compare_equalAnswers_findsNothing() {
        assertThat(Comparer.compare(
                        BodyView.BYTES, ANSWER, answer(200, Map.of("content-type", "application/json"), "[]")))
                .isEmpty();
    }

    @Test
    void compare_otherStatus_isADifference() {
        assertThat(Comparer.compare(BodyView.IGNORED, ANSWER, answer(202, ANSWER.headers(), "[]")))
                .containsExactly(new Difference("status", "200", "202"));
    }

    @Test
    void compare_oneByteMore_isADifference() {
        assertThat(Comparer.compare(BodyView.BYTES, ANSWER, answer(200, ANSWER.headers(), "[] ")))
                .containsExactly(new Difference("body", "[]", "[] "));
    }

    @Test
    void compare_headerMissingOrAdded_isADifference() {
        assertThat(Comparer.compare(BodyView.BYTES, ANSWER, answer(200, Map.of("retry-after", "1"), "[]")))
                .containsExactly(
                        new Difference("content-type", "application/json", Comparer.ABSENT),
                        new Difference("retry-after", Comparer.ABSENT, "1"));
    }

    @Test
    void compare_charsetAdded_isADifference() {
        Answer other = answer(200, Map.of("content-type", "application/json; charset=UTF-8"), "[]");

        assertThat(Comparer.compare(BodyView.BYTES, ANSWER, other))
                .containsExactly(new Difference("content-type", "application/json", "application/json;charset=utf-8"));
    }

    @Test
    void compare_counterThatDiffers_isADifference() {
        assertThat(Comparer.compare(
                        BodyView.JSON_VALUES,
                        answer(200, Map.of(), "{\"a\":1.0,\"b\":2}"),
                        answer(200, Map.of(), "{\"b\":2,\"a\":3}")))
                .containsExactly(new Difference("body /a", "1.0", "3"));
    }

    @Test
    void compare_metricNameMissing_isADifference_butMoreOfThemIsNone() {
        Answer one = answer(200, Map.of(), "zipkin_collector_bytes_total{transport=\"http\",} 1.0\n");
        Answer two = answer(200, Map.of(), "zipkin_collector_bytes_total{transport=\"http\"} 5.0\njvm_x 1\n");

        assertThat(Comparer.compare(BodyView.METRIC_NAMES, one, two)).isEmpty();
        assertThat(Comparer.compare(BodyView.METRIC_NAMES, two, one))
                .containsExactly(new Difference("body jvm_x", "present", Comparer.ABSENT));
    }

    @Test
    void ledger_deviationThatExplainsOtherValues_leavesTheDifference() {
        Deviation deviation = Deviation.of("x", "a/.*", "status", "500", "400", "because");
        DeviationLedger ledger = new DeviationLedger(List.of(deviation));
        Difference other = new Difference("status", "500", "404");

        assertThat(ledger.unexplained("a/b", List.of(other))).containsExactly(other);
        assertThat(ledger.stale()).containsExactly("x (status)");
    }

    @Test
    void ledger_deviationThatExplains_removesTheDifferenceAndIsNotStale() {
        DeviationLedger ledger =
                new DeviationLedger(List.of(Deviation.of("x", "a/.*", "status", "500", "400", "because")));

        assertThat(ledger.unexplained("a/b", List.of(new Difference("status", "500", "400"))))
                .isEmpty();
        assertThat(ledger.stale()).isEmpty();
    }

    private static Answer answer(int status, Map<String, String> headers, String body) {
        return new Answer(status, headers, Bodies.utf8(body));
    }
}
