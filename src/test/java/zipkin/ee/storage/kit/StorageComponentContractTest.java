package zipkin.ee.storage.kit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import zipkin2.CheckResult;
import zipkin2.Span;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

/** The contract itself can fail: storages that are broken on purpose do not pass it. */
class StorageComponentContractTest {
    @Test
    void contract_ofAStoreThatLosesSpans_fails() {
        assertThat(run(selectClass(Losing.class)).failed().count()).isGreaterThan(20);
    }

    @Test
    void contract_ofAStoreThatIgnoresSettings_fails() {
        for (Class<?> part : List.of(
                StorageComponentContract.LenientTraceIds.class,
                StorageComponentContract.SearchDisabled.class,
                StorageComponentContract.AutocompleteTags.class)) {
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

    @Test
    void contract_ofZipkinsOwnStorage_passes() {
        Events tests = run(selectClass(InMemory.class));
        assertThat(tests.failed().list()).isEmpty();
        assertThat(tests.succeeded().count()).isGreaterThan(50);
    }

    @Test
    void contract_dependsOnNothingOfThisServer() {
        JavaClasses kit = new ClassFileImporter().importPackagesOf(StorageComponentContract.class);
        classes()
                .that()
                .haveNameMatching(Pattern.quote(StorageComponentContract.class.getName()) + "(\\$.*)?")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "zipkin.ee.storage.kit",
                        "zipkin2..",
                        "org.junit..",
                        "org.assertj..",
                        "java..",
                        "org.jspecify..")
                .check(kit);
    }

    /** Zipkin's own storage in memory. */
    static class InMemory extends StorageComponentContract {
        @Override
        protected StorageComponent.Builder newBuilder() {
            return InMemoryStorage.newBuilder();
        }
    }

    /** A builder that gives a broken storage whatever it is asked for. */
    private static StorageComponent.Builder broken(Supplier<StorageComponent> storage) {
        return new StorageComponent.Builder() {
            @Override
            public StorageComponent.Builder strictTraceId(boolean value) {
                return this;
            }

            @Override
            public StorageComponent.Builder searchEnabled(boolean value) {
                return this;
            }

            @Override
            public StorageComponent build() {
                return storage.get();
            }
        };
    }

    /** Keeps at most the first span of each message. */
    static class Losing extends StorageComponentContract {
        @Override
        protected StorageComponent.Builder newBuilder() {
            return broken(LosingStorage::new);
        }
    }

    private static final class LosingStorage extends ForwardingStorageComponent {
        private final StorageComponent memory = InMemoryStorage.newBuilder().build();

        @Override
        protected StorageComponent delegate() {
            return memory;
        }

        @Override
        public SpanConsumer spanConsumer() {
            return spans -> memory.spanConsumer().accept(spans.subList(0, Math.min(1, spans.size() - 1)));
        }
    }

    /** Pays no attention to STRICT_TRACE_ID, SEARCH_ENABLED and AUTOCOMPLETE_KEYS. */
    static class Deaf extends StorageComponentContract {
        @Override
        protected StorageComponent.Builder newBuilder() {
            return broken(() -> InMemoryStorage.newBuilder().build());
        }
    }

    /** Can't be reached. */
    static class Down extends StorageComponentContract {
        @Override
        protected StorageComponent.Builder newBuilder() {
            return broken(DownStorage::new);
        }
    }

    private static final class DownStorage extends ForwardingStorageComponent {
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
    }
}
