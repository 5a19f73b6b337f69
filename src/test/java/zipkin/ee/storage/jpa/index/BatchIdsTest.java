package zipkin.ee.storage.jpa.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchIdsTest {
    private final BatchIds ids = new BatchIds();

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00.000Z, 1970-01-01T00:00:00.000Z",
        "1969-12-31T23:59:59.999Z, 1970-01-01T00:00:00.000Z",
        "2026-01-01T12:00:00.001Z, 2026-01-01T12:00:00.001Z",
        "2109-05-15T07:35:11.103Z, 2109-05-15T07:35:11.103Z",
        "2200-01-01T00:00:00.000Z, 2109-05-15T07:35:11.103Z"
    })
    void next_hasTheTimeWithinItsRange(Instant asked, Instant expected) {
        long id = ids.next(asked.toEpochMilli());

        assertThat(id).isNotNegative();
        assertThat(Instant.ofEpochMilli(BatchIds.millis(id))).isEqualTo(expected);
        assertThat(id).isGreaterThanOrEqualTo(BatchIds.lowest(asked.toEpochMilli()));
        assertThat(BatchIds.bucket(id)).isEqualTo((int) (expected.toEpochMilli() / BatchIds.BUCKET_MILLIS));
    }

    @Test
    void next_ofTheSameTime_isAnotherEachTime() {
        Set<Long> different = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            different.add(ids.next(1_767_268_800_000L));
        }
        assertThat(different).hasSize(100_000).allMatch(id -> BatchIds.millis(id) == 1_767_268_800_000L);
    }

    @Test
    void ids_sortByTime() {
        assertThat(ids.next(1000)).isLessThan(BatchIds.lowest(1001));
        assertThat(ids.next(1001)).isGreaterThanOrEqualTo(BatchIds.lowest(1001));
    }

    @Test
    void bucket_beginsAtItsLowestId() {
        int bucket = BatchIds.bucket(BatchIds.lowest(1_767_268_800_000L));
        assertThat(BatchIds.bucket(BatchIds.lowestInBucket(bucket))).isEqualTo(bucket);
        assertThat(BatchIds.bucket(BatchIds.lowestInBucket(bucket) - 1)).isEqualTo(bucket - 1);
    }
}
