package zipkin.ee.storage.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.storage.ITAutocompleteTags;
import zipkin2.storage.ITDependencies;
import zipkin2.storage.ITDependenciesHeavy;
import zipkin2.storage.ITSearchEnabledFalse;
import zipkin2.storage.ITServiceAndSpanNames;
import zipkin2.storage.ITSpanStore;
import zipkin2.storage.ITSpanStoreHeavy;
import zipkin2.storage.ITStrictTraceIdFalse;
import zipkin2.storage.ITTraces;
import zipkin2.storage.QueryRequest;
import zipkin2.storage.StorageComponent;

/**
 * What every zipkin2 storage has to do: upstream's test kit, and what it lets pass, since it
 * asserts that the expected traces are among the answers and not that they are the answers. A
 * subclass says how to open and clear a storage. Depends on zipkin2, its tests, JUnit and AssertJ
 * only, so that any storage can be checked with it (CONTRIBUTING.md).
 */
public abstract class StorageComponentContract {
    /** For a storage with the settings that a test gives the builder; it is opened by each test. */
    protected abstract StorageComponent.Builder newBuilder();

    /** Removes all spans after a test. Nothing to do where each opened storage begins empty. */
    protected void clear() throws Exception {}

    /**
     * Counts the dependency links of all that was stored; nothing to do where queries compute them.
     */
    protected void countLinks(StorageComponent storage) {}

    /** Upstream's kit aborts, so that a build with a missing server looks green; here it fails. */
    private static void requireUp(StorageComponent storage) {
        assertThat(storage.check().ok())
                .as("health of %s: %s", storage, storage.check())
                .isTrue();
    }

    @Nested
    class Traces extends ITTraces<StorageComponent> {
        @Override
        protected StorageComponent.Builder newStorageBuilder(TestInfo testInfo) {
            return newBuilder();
        }

        @Override
        protected boolean initializeStoragePerTest() {
            return true;
        }

        @Override
        protected void checkStorage() {
            requireUp(storage);
        }

        @Override
        protected void clear() throws Exception {
            StorageComponentContract.this.clear();
        }
    }

    @Nested
    class SpanStore extends ITSpanStore<StorageComponent> {
        @Override
        protected StorageComponent.Builder newStorageBuilder(TestInfo testInfo) {
            return newBuilder();
        }

        @Override
        protected boolean initializeStoragePerTest() {
            return true;
        }

        @Override
        protected void checkStorage() {
            requireUp(storage);
        }

        @Override
        protected void clear() throws Exception {
            StorageComponentContract.this.clear();
        }
    }

    @Nested
    class SpanStoreHeavy extends ITSpanStoreHeavy<StorageComponent> {
        @Override
        protected StorageComponent.Builder newStorageBuilder(TestInfo testInfo) {
            return newBuilder();
        }

        @Override
        protected boolean initializeStoragePerTest() {
            return true;
        }

        @Override
        protected void checkStorage() {
            requireUp(storage);
        }

        @Override
        protected void clear() throws Exception {
            StorageComponentContract.this.clear();
        }
    }

    @Nested
    class Dependencies extends ITDependencies<StorageComponent> {
        @Override
        protected StorageComponent.Builder newStorageBuilder(TestInfo testInfo) {
            return newBuilder();
        }

        @Override
        protected boolean initializeStoragePerTest() {
            return true;
        }

        @Override
        protected void checkStorage() {
            requireUp(storage);
        }

        @Override
        protected void processDependencies(List<Span> spans) throws Exception {
            super.processDependencies(spans);
            countLinks(storage);
        }

        @Override
        protected void clear() throws Exception {
            StorageComponentContract.this.clear();
        }
    }

    @Nested
    class DependenciesHeavy extends ITDependenciesHeavy<StorageComponent> {
        @Override
        protected StorageComponent.Builder newStorageBuilder(TestInfo testInfo) {
            return newBuilder();
        }

        @Override
        protected boolean initializeStoragePerTest() {
            return true;
        }

        @Override
        protected void checkStorage() {
            requireUp(storage);
        }

        @Override
        protected void processDependencies(List<Span> spans) throws Exception {
            super.processDependencies(spans);
            countLinks(storage);
        }

        @Override
        protected void clear() throws Exception {
            StorageComponentContract.this.clear();
        }
    }

    @Nested
    class Names extends ITServiceAndSpanNames<StorageComponent> {
        @Override
        protected StorageComponent.Builder newStorageBuilder(TestInfo testInfo) {
            return newBuilder();
        }

        @Override
        protected boolean initializeStoragePerTest() {
            return true;
        }

        @Override
        protected void checkStorage() {
            requireUp(storage);
        }

        @Override
        protected void clear() throws Exception {
            StorageComponentContract.this.clear();
        }
    }

    @Nested
    class AutocompleteTags extends ITAutocompleteTags<StorageComponent> {
        @Override
        protected StorageComponent.Builder newStorageBuilder(TestInfo testInfo) {
            return newBuilder();
        }

        @Override
        protected boolean initializeStoragePerTest() {
            return true;
        }

        @Override
        protected void checkStorage() {
            requireUp(storage);
        }

        @Override
        protected void clear() throws Exception {
            StorageComponentContract.this.clear();
        }
    }

    @Nested
    class LenientTraceIds extends ITStrictTraceIdFalse<StorageComponent> {
        @Override
        protected StorageComponent.Builder newStorageBuilder(TestInfo testInfo) {
            return newBuilder();
        }

        @Override
        protected boolean initializeStoragePerTest() {
            return true;
        }

        @Override
        protected void checkStorage() {
            requireUp(storage);
        }

        @Override
        protected void clear() throws Exception {
            StorageComponentContract.this.clear();
        }
    }

    @Nested
    class SearchDisabled extends ITSearchEnabledFalse<StorageComponent> {
        @Override
        protected StorageComponent.Builder newStorageBuilder(TestInfo testInfo) {
            return newBuilder();
        }

        @Override
        protected boolean initializeStoragePerTest() {
            return true;
        }

        @Override
        protected void checkStorage() {
            requireUp(storage);
        }

        @Override
        protected void clear() throws Exception {
            StorageComponentContract.this.clear();
        }
    }

    /** Searches return what was asked for, all of it and nothing else, newest first. */
    @Nested
    class Exactness {
        private static final long NOW_MILLIS = 1_767_225_600_000L;

        private StorageComponent storage;

        @BeforeEach
        void fill() throws IOException {
            storage = newBuilder().build();
            for (int i = 1; i <= 5; i++) {
                store(i, i % 2 == 0 ? "even" : "odd", 100L * i);
            }
        }

        @AfterEach
        void close() throws Exception {
            clear();
            storage.close();
        }

        @Test
        void search_byService_returnsItsTracesNewestFirst() throws IOException {
            assertThat(found(request().serviceName("odd"))).containsExactly(5L, 3L, 1L);
        }

        @Test
        void search_withLimit_returnsTheNewest() throws IOException {
            assertThat(found(request().limit(2))).containsExactly(5L, 4L);
        }

        @Test
        void search_byDuration_includesItsBounds() throws IOException {
            assertThat(found(request().minDuration(200L).maxDuration(400L))).containsExactly(4L, 3L, 2L);
        }

        @Test
        void search_byWindow_includesItsBounds() throws IOException {
            assertThat(found(request().endTs(NOW_MILLIS + 4).lookback(2))).containsExactly(4L, 3L, 2L);
        }

        @Test
        void search_byTag_returnsExactMatchesOnly() throws IOException {
            assertThat(found(request().parseAnnotationQuery("n=3"))).containsExactly(3L);
            assertThat(found(request().parseAnnotationQuery("n=33"))).isEmpty();
            assertThat(found(request().parseAnnotationQuery("N=3"))).isEmpty();
        }

        @Test
        void search_byServiceAndTagOfAnother_returnsNothing() throws IOException {
            assertThat(found(request().serviceName("even").parseAnnotationQuery("n=3")))
                    .isEmpty();
        }

        @Test
        void store_theSameSpanTwice_keepsTheTraceReadable() throws IOException {
            store(1, "odd", 100L);
            assertThat(found(request().serviceName("odd"))).containsExactly(5L, 3L, 1L);
        }

        @Test
        void trace_ofManyAndLongSpans_isWhole() throws IOException {
            List<Span> trace = new ArrayList<>();
            for (int i = 1; i <= 1_500; i++) {
                trace.add(Span.newBuilder()
                        .traceId("abc")
                        .id(i)
                        .timestamp(NOW_MILLIS * 1000 + i)
                        .putTag("n", Integer.toString(i % 10).repeat(i % 50 == 0 ? 20_000 : 10))
                        .build());
            }
            for (int from = 0; from < trace.size(); from += 300) {
                storage.spanConsumer().accept(trace.subList(from, from + 300)).execute();
            }

            assertThat(storage.traces().getTrace("abc").execute()).containsExactlyInAnyOrderElementsOf(trace);
            assertThat(storage.traces().getTraces(List.of("1", "abc", "2")).execute())
                    .extracting(List::size)
                    .containsExactlyInAnyOrder(1, 1_500, 1);
        }

        @Test
        void names_ofAll_areSortedAndUnique() throws IOException {
            assertThat(storage.serviceAndSpanNames().getServiceNames().execute())
                    .containsExactly("even", "odd");
        }

        private void store(long number, String service, long durationMicros) throws IOException {
            Span span = Span.newBuilder()
                    .traceId(Long.toHexString(number))
                    .id(number)
                    .name("op")
                    .kind(Span.Kind.SERVER)
                    .localEndpoint(Endpoint.newBuilder().serviceName(service).build())
                    .timestamp((NOW_MILLIS + number) * 1000)
                    .duration(durationMicros)
                    .putTag("n", Long.toString(number))
                    .build();
            storage.spanConsumer().accept(List.of(span)).execute();
        }

        private QueryRequest.Builder request() {
            return QueryRequest.newBuilder()
                    .endTs(NOW_MILLIS + 1000)
                    .lookback(2000)
                    .limit(100);
        }

        private List<Long> found(QueryRequest.Builder request) throws IOException {
            return storage.spanStore().getTraces(request.build()).execute().stream()
                    .flatMapToLong(
                            trace -> LongStream.of(Long.parseLong(trace.get(0).traceId(), 16)))
                    .boxed()
                    .toList();
        }
    }
}
