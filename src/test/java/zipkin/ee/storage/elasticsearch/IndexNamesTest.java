package zipkin.ee.storage.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.IndexNaming;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;

class IndexNamesTest {
    private static final ClusterVersion NEW = new ClusterVersion(false, 8, "8.19.0");
    private static final ClusterVersion OLD = new ClusterVersion(false, 7, "7.17.0");

    private final IndexNames names = names("-");

    private static IndexNames names(String separator) {
        return new IndexNames(
                new IndexNaming("zipkin", separator),
                Clock.fixed(Instant.parse("2026-03-05T12:00:00Z"), ZoneOffset.UTC));
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    @Test
    void index_isThatOfTheDay_inUtc() {
        assertThat(names.of(Kind.SPAN, millis("2026-03-04T23:59:59.999Z"))).isEqualTo("zipkin-span-2026-03-04");
        assertThat(names.of(Kind.AUTOCOMPLETE, millis("2026-03-05T00:00:00Z")))
                .isEqualTo("zipkin-autocomplete-2026-03-05");
        assertThat(names("").of(Kind.DEPENDENCY, millis("2026-03-05T00:00:00Z")))
                .isEqualTo("zipkin-dependency-20260305");
    }

    @Test
    void index_ofTheFutureOrTheDistantPast_isTodays() {
        assertThat(names.of(Kind.SPAN, millis("2026-03-06T23:00:00Z"))).isEqualTo("zipkin-span-2026-03-06");
        assertThat(names.of(Kind.SPAN, millis("2026-03-07T00:00:00Z"))).isEqualTo("zipkin-span-2026-03-05");
        assertThat(names.of(Kind.SPAN, millis("2016-02-29T23:00:00Z"))).isEqualTo("zipkin-span-2026-03-05");
        assertThat(names.of(Kind.SPAN, Long.MAX_VALUE / 1000)).isEqualTo("zipkin-span-2026-03-05");
    }

    @Test
    void range_takesYearsMonthsAndTensTogether() {
        assertThat(names.range(Kind.SPAN, NEW, millis("2024-11-30T10:00:00Z"), millis("2026-02-12T10:00:00Z")))
                .containsExactly(
                        "zipkin-span-2024-11-30",
                        "zipkin-span-2024-12-*",
                        "zipkin-span-2025-*",
                        "zipkin-span-2026-01-*",
                        "zipkin-span-2026-02-0*",
                        "zipkin-span-2026-02-10",
                        "zipkin-span-2026-02-11",
                        "zipkin-span-2026-02-12");
    }

    @Test
    void range_endsTomorrow_andBeginsWithZipkin() {
        assertThat(names.range(Kind.SPAN, NEW, 0, Long.MAX_VALUE / 1000))
                .startsWith("zipkin-span-2016-03-*")
                .endsWith("zipkin-span-2026-03-04", "zipkin-span-2026-03-05", "zipkin-span-2026-03-06")
                .hasSizeLessThan(40);
    }

    @Test
    void range_ofTheFuture_isTodaysForSpans_andNoneForLinks() {
        long from = millis("2026-05-01T00:00:00Z");
        long to = millis("2026-05-02T00:00:00Z");
        assertThat(names.range(Kind.SPAN, NEW, from, to)).contains("zipkin-span-2026-03-05");
        assertThat(names.range(Kind.DEPENDENCY, NEW, from, to)).isEmpty();
    }

    @Test
    void patterns_findIndicesOfElasticsearch6_whereTheyMayBe() {
        assertThat(names.all(Kind.SPAN, OLD)).isEqualTo("zipkin*span-*");
        assertThat(names.all(Kind.SPAN, NEW)).isEqualTo("zipkin-span-*");
    }

    @Test
    void day_isReadFromNames_andFromNoOthers() {
        assertThat(names.day(Kind.SPAN, "zipkin-span-2026-03-04")).isEqualTo(LocalDate.of(2026, 3, 4));
        assertThat(names.day(Kind.SPAN, "zipkin:span-2026-03-04")).isEqualTo(LocalDate.of(2026, 3, 4));
        assertThat(names.day(Kind.SPAN, "zipkin-span-2026.03.04")).isNull();
        assertThat(names.day(Kind.SPAN, "zipkin-span-2026-13-04")).isNull();
        assertThat(names.day(Kind.SPAN, "zipkin-dev-span-2026-03-04")).isNull();
        assertThat(names.day(Kind.SPAN, "zipkin-span-tmp")).isNull();
        assertThat(names("").day(Kind.SPAN, "zipkin-span-20260304")).isEqualTo(LocalDate.of(2026, 3, 4));
    }
}
