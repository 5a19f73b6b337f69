package zipkin.ee.storage.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.testing.search.FakeCluster;
import zipkin.ee.testing.search.FakeCluster.Answer;
import zipkin.ee.testing.search.FakeCluster.Received;
import zipkin2.Span;

/** What becomes of documents, given the cluster's answers. */
class BulkWriterTest {
    private static final String INDEX = "zipkin-span-2026-01-01";
    private static final String STORED = "{\"errors\":false}";
    private static final String UNMAPPABLE =
            "{\"status\":400,\"error\":{\"type\":\"document_parsing_exception\",\"reason\":\"no such\"}}";

    /** What came of writing some spans. */
    private record Written(
            List<Long> pauses,
            List<Received> bulks,
            @Nullable String malformed) {}

    @Test
    void write_whenSomeAreRejected_sendsThoseAgain() {
        AtomicInteger answers = new AtomicInteger();
        Written written = write(
                2, request -> Answer.ok(answers.getAndIncrement() == 0 ? items("{\"status\":201}", busy()) : STORED));
        assertThat(written.pauses()).containsExactly(200L);
        assertThat(written.bulks()).hasSize(2);
        assertThat(written.bulks().get(0).body().lines()).hasSize(4);
        assertThat(written.bulks().get(1).body().lines().toList())
                .isEqualTo(written.bulks().get(0).body().lines().skip(2).toList());
    }

    @Test
    void write_whenAllIsRejectedAgainAndAgain_isDown() {
        AtomicInteger answers = new AtomicInteger();
        assertThatThrownBy(() -> write(2, request -> {
                    answers.incrementAndGet();
                    return Answer.ok(items(busy(), busy()));
                }))
                .isInstanceOf(ClusterDownException.class)
                .hasMessageContaining(
                        "has no room for 2 of 2 documents, tried 5 times:" + " es_rejected_execution_exception: full");
        assertThat(answers.get()).isEqualTo(5);
    }

    @Test
    void write_whenADocumentCantBeMapped_isMalformed_afterTheRestWasStored() {
        AtomicInteger answers = new AtomicInteger();
        Written written = write(2, request -> {
            if (request.target().endsWith("/_mapping")) {
                return Answer.ok("{\"" + INDEX + "\":" + MappingRulesTest.ownMappings() + "}");
            }
            return Answer.ok(answers.getAndIncrement() == 0 ? items(UNMAPPABLE, busy()) : STORED);
        });
        assertThat(written.malformed()).isEqualTo("document_parsing_exception: no such");
        assertThat(written.bulks()).hasSize(2);
    }

    /** A company's template has made the index. */
    @Test
    void write_whenADocumentDoesNotFitAForeignMapping_isTheClustersFault() {
        assertThatThrownBy(() -> write(
                        2,
                        request -> request.target().endsWith("/_mapping")
                                ? Answer.ok("{\"" + INDEX + "\":{\"mappings\":{\"dynamic\":\"strict\"}}}")
                                : Answer.ok(items(UNMAPPABLE, UNMAPPABLE))))
                .isInstanceOf(ForeignMappingException.class)
                .hasMessage("The index " + INDEX + " has the field traceId unmapped instead of keyword, since another"
                        + " template of the cluster wins over Zipkin's: set ES_TEMPLATE_PRIORITY above the priority of"
                        + " that template, and delete or reindex the index.");
    }

    @Test
    void write_whenTheMappingCantBeSeen_blamesOnlyADocumentThatIsTooLong() {
        assertThatThrownBy(() -> write(2, request -> unseen(request, items(UNMAPPABLE, UNMAPPABLE))))
                .isInstanceOf(ClusterRefusedException.class);
        try (FakeCluster fake = new FakeCluster(request -> unseen(request, items(UNMAPPABLE, "{\"status\":201}")));
                Cluster cluster = ClusterStorage.cluster(ClusterStorage.settings(fake.address()))) {
            BulkBody body = new BulkBody();
            body.addSpan(INDEX, span(1).toBuilder().name("x".repeat(33_000)).build(), true);
            body.addSpan(INDEX, span(2), true);
            assertThat(writer(cluster, new ArrayList<>()).write(body)).isEqualTo("document_parsing_exception: no such");
        }
    }

    private static Answer unseen(Received request, String items) {
        return request.target().startsWith("/_bulk") ? Answer.ok(items) : new Answer(403, "{}");
    }

    /** None is sent again, since nothing changes within seconds, and none is the sender's fault. */
    @ParameterizedTest
    @CsvSource({
        "429, cluster_block_exception, 'index blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage]'",
        "403, cluster_block_exception, 'blocked by: [FORBIDDEN/6/cluster read-only (api)]'",
        "400, index_closed_exception, closed",
        "404, index_not_found_exception, 'no such index and [action.auto_create_index] is [false]'",
        "400, illegal_argument_exception, 'pipeline with id [nope] does not exist'",
        "400, illegal_argument_exception, 'Limit of total fields [1000] has been exceeded'",
        "400, validation_exception, 'this action would add [2] shards, but this cluster has [1000]/[1000]'",
        "403, security_exception, 'action is unauthorized'",
        "400, strict_dynamic_mapping_exception, 'mapping set to strict'",
        "400, routing_missing_exception, 'routing is required'"
    })
    void write_whenTheClusterIsConfiguredSo_isUnavailable_atOnce(int status, String type, String reason) {
        AtomicInteger answers = new AtomicInteger();
        String item = "{\"status\":" + status + ",\"error\":{\"type\":\"" + type + "\",\"reason\":\"" + reason + "\"}}";
        assertThatThrownBy(() -> write(2, request -> {
                    if (request.target().startsWith("/_bulk")) {
                        answers.incrementAndGet();
                    }
                    return request.target().startsWith("/_bulk") ? Answer.ok(items(item, item)) : new Answer(403, "{}");
                }))
                .isInstanceOf(ClusterRefusedException.class)
                .hasMessageStartingWith("The cluster does not take spans: " + type + ": " + reason);
        assertThat(answers.get()).isEqualTo(1);
    }

    @Test
    void write_ofWhatIsThereAlready_isWell() {
        String there = "{\"status\":409,\"error\":{\"type\":\"version_conflict_engine_exception\",\"reason\":\"x\"}}";
        Written written = write(2, request -> Answer.ok(items(there, "{\"status\":201}")));
        assertThat(written.pauses()).isEmpty();
        assertThat(written.malformed()).isNull();
    }

    /** The cluster is too slow for four documents at a time, and not for two. */
    @Test
    void write_whenARequestDoesNotEndInTime_sendsItInHalves_andSmallerOnesFromThenOn() {
        CompletableFuture<Answer> never =
                new CompletableFuture<Answer>().completeOnTimeout(Answer.ok(STORED), 1, TimeUnit.MINUTES);
        try (FakeCluster slow = new FakeCluster(
                        request -> request.body().lines().count() > 4 ? never.join() : Answer.ok(STORED));
                Cluster cluster =
                        ClusterStorage.cluster(ClusterStorage.settings(Duration.ofMillis(500), slow.address()))) {
            BulkWriter writer = writer(cluster, new ArrayList<>());
            int before = writer.requestBytes();
            assertThat(writer.write(body(4))).isNull();
            assertThat(slow.received().stream()
                            .map(request -> request.body().lines().count())
                            .toList())
                    .containsExactly(8L, 4L, 4L);
            assertThat(writer.requestBytes()).isLessThan(before);
            never.complete(Answer.ok(STORED));
        }
    }

    @Test
    void write_whenNothingEndsInTime_isDown_afterTwoRequests() {
        CompletableFuture<Answer> never =
                new CompletableFuture<Answer>().completeOnTimeout(Answer.ok(STORED), 1, TimeUnit.MINUTES);
        try (FakeCluster hung = new FakeCluster(request -> never.join());
                Cluster cluster =
                        ClusterStorage.cluster(ClusterStorage.settings(Duration.ofMillis(300), hung.address()))) {
            assertThatThrownBy(() -> writer(cluster, new ArrayList<>()).write(body(4)))
                    .isInstanceOf(ClusterDownException.class);
            assertThat(hung.received().size()).isLessThanOrEqualTo(2);
            never.complete(Answer.ok(STORED));
        }
    }

    /** As a proxy with a limit of its own does. */
    @Test
    void write_whenARequestIsTooLarge_sendsItInHalves_downToOneDocument() {
        Written written = write(
                5, request -> request.body().lines().count() > 2 ? new Answer(413, "too large") : Answer.ok(STORED));
        assertThat(written.bulks().stream()
                        .filter(request -> request.body().lines().count() == 2))
                .hasSize(5);
    }

    @Test
    void probe_afterAFailedWrite_writesOneDocumentAgain_untilThatSucceeds() {
        String blocked = "{\"status\":403,\"error\":{\"type\":\"cluster_block_exception\",\"reason\":\"blocked\"}}";
        AtomicInteger lifted = new AtomicInteger();
        try (FakeCluster fake = new FakeCluster(request -> Answer.ok(
                        lifted.get() > 0
                                ? STORED
                                : request.body().lines().count() == 4
                                        ? items("{\"status\":201}", blocked)
                                        : "{\"errors\":true,\"items\":[{\"create\":" + blocked + "}]}"));
                Cluster cluster = ClusterStorage.cluster(ClusterStorage.settings(fake.address()))) {
            BulkWriter writer = writer(cluster, new ArrayList<>());
            writer.probe();
            assertThat(fake.received()).isEmpty();
            assertThatThrownBy(() -> writer.write(body(2))).isInstanceOf(ClusterRefusedException.class);
            assertThatThrownBy(writer::probe).isInstanceOf(ClusterRefusedException.class);
            lifted.set(1);
            writer.probe();
            writer.probe();
            assertThat(fake.received()).hasSize(3);
            assertThat(fake.received().get(2).body().lines().toList())
                    .isEqualTo(fake.received().get(0).body().lines().skip(2).toList());
        }
    }

    private static String busy() {
        return "{\"status\":429,\"error\":{\"type\":\"es_rejected_execution_exception\",\"reason\":\"full\"}}";
    }

    private static String items(String first, String second) {
        return "{\"errors\":true,\"items\":[{\"create\":" + first + "},{\"create\":" + second + "}]}";
    }

    private static Written write(int spans, Function<Received, Answer> answers) {
        List<Long> pauses = new ArrayList<>();
        try (FakeCluster fake = new FakeCluster(answers);
                Cluster cluster = ClusterStorage.cluster(ClusterStorage.settings(fake.address()))) {
            String malformed = writer(cluster, pauses).write(body(spans));
            return new Written(
                    pauses,
                    fake.received().stream()
                            .filter(request -> request.target().startsWith("/_bulk"))
                            .toList(),
                    malformed);
        }
    }

    private static BulkWriter writer(Cluster cluster, List<Long> pauses) {
        IndexNames names = new IndexNames(new ElasticsearchSettings.IndexNaming("zipkin", "-"), Clock.systemUTC());
        return new BulkWriter(
                cluster,
                null,
                new MappingCheck(cluster, names, new MappingRules(ClusterStorage.STORAGE)),
                5 * 1024 * 1024,
                pauses::add);
    }

    private static BulkBody body(int spans) {
        BulkBody body = new BulkBody();
        IntStream.range(1, spans + 1).forEach(i -> body.addSpan(INDEX, span(i), true));
        return body;
    }

    private static Span span(int number) {
        return Span.newBuilder().traceId("1").id(number).build();
    }
}
