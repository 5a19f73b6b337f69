package zipkin.ee.storage.jpa.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Growth;

class IndexTest {
    /** Terms are hashes that anybody can compute, and choose texts for. */
    @Test
    void terms_thatShareTheirLowerOrTheirUpperBits_costLessThanThreeTimesAsMuchWhenThereAreTwiceAsMany()
            throws Exception {
        for (int shift : new int[] {0, 24, 44}) {
            double growth = Growth.ofDoubling(10_000, size -> () -> {
                Index index = new Index(1);
                for (long i = 1; i <= size; i++) {
                    index.add(i << shift, 0);
                }
                AtomicInteger terms = new AtomicInteger();
                index.forEach((term, spans) -> terms.incrementAndGet());
                assertThat(terms.get()).isEqualTo(size);
            });

            assertThat(growth).as("shifted by %s", shift).isLessThan(Growth.LESS_THAN_QUADRATIC);
        }
    }
}
