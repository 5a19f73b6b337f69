package zipkin.ee.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import zipkin.ee.config.StorageSettings;
import zipkin2.CheckResult;
import zipkin2.Span;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

/** The contract itself can fail: storages that are broken on purpose do not pass it. */
class StorageContractTest {
    @Test
    void contract_ofAStoreThatLosesSpans_fails() {
        assertThat(run(selectClass(Losing.class)).failed().count()).isGreaterThan(20);
    }

    @Test
    void contract_ofAStoreThatIgnoresSettings_fails() {
        for (Class<?> part : List.of(
                StorageContract.LenientTraceIds.class,
                StorageContract.SearchDisabled.class,
                StorageContract.AutocompleteTags.class)) {
            assertThat(run(selectNestedClass(List.of(Deaf.class), part))
                            .failed()
                            .count())
                    .as("failures of %s", part.getSimpleName())
                    .isPositive();
        }
    }

    @Test
    void contract_ofAStoreThatIsDown_failsAndDoesNotSkip() {
        Events tests = run(selectClass(Down.class));
        assertThat(tests.succeeded().count()).isZero();
        assertThat(tests.aborted().count()).isZero();
        assertThat(tests.failed().count()).isGreaterThan(50);
    }

    private static Events run(DiscoverySelector contract) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .selectors(contract)
                .execute()
                .testEvents();
    }

    /** Keeps the first span of each message only. */
    static class Losing extends StorageContract {
        @Override
        protected StorageComponent open(StorageSettings settings) {
            return new ForwardingStorageComponent() {
                private final StorageComponent memory =
                        InMemoryStorage.newBuilder().build();

                @Override
                protected StorageComponent delegate() {
                    return memory;
                }

                @Override
                public SpanConsumer spanConsumer() {
                    return spans -> memory.spanConsumer().accept(spans.subList(0, Math.min(1, spans.size() - 1)));
                }
            };
        }
    }

    /** Pays no attention to STRICT_TRACE_ID, SEARCH_ENABLED and AUTOCOMPLETE_KEYS. */
    static class Deaf extends StorageContract {
        @Override
        protected StorageComponent open(StorageSettings settings) {
            return InMemoryStorage.newBuilder().build();
        }
    }

    /** Can't be reached. */
    static class Down extends StorageContract {
        @Override
        protected StorageComponent open(StorageSettings settings) {
            return new ForwardingStorageComponent() {
                @Override
                protected StorageComponent delegate() {
                    throw new IllegalStateException("down");
                }

                @Override
                public CheckResult check() {
                    return CheckResult.failed(new IOException("down"));
                }

                @Override
                public SpanConsumer spanConsumer() {
                    return (List<Span> spans) -> {
                        throw new IllegalStateException("down");
                    };
                }

                @Override
                public void close() {}
            };
        }
    }
}
