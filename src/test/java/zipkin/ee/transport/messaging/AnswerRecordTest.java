package zipkin.ee.transport.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.ResourceException;
import jakarta.resource.cci.Record;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.collect.Unbounded;
import zipkin.ee.config.CollectorSettings;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

class AnswerRecordTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final byte[] MESSAGE = SpanBytesEncoder.JSON_V2.encodeList(
            List.of(Span.newBuilder().traceId("a").id("1").putTag("k", "v").build()));

    private final TransportCounters counters = new TransportCounters("test", true);
    private final StorageComponent memory = InMemoryStorage.newBuilder().build();

    @Test
    void answers_areNullForStored_andTheReasonForMalformed() throws ResourceException {
        assertThat(take(memory, MESSAGE, "{}".getBytes(UTF_8), MESSAGE))
                .containsExactly(null, "Expected json, proto3 or thrift list encoding", null);
    }

    @Test
    void answer_isAnExceptionForTryLater() throws ResourceException {
        StorageComponent full = new ForwardingStorageComponent() {
            @Override
            protected StorageComponent delegate() {
                return memory;
            }

            @Override
            public SpanConsumer spanConsumer() {
                return spans -> {
                    throw new java.util.concurrent.RejectedExecutionException("full");
                };
            }
        };

        assertThat(take(full, MESSAGE)).singleElement().isInstanceOf(ResourceException.class);
    }

    @Test
    void recordThatIsNoList_isRefused() {
        CollectorSettings settings = new CollectorSettings(1.0, 0, 10, 2, TIMEOUT, TIMEOUT);
        MessageIntake intake = Unbounded.intake(memory, settings);
        Record record = (Record) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Record.class}, (proxy, method, arguments) -> null);

        assertThatThrownBy(() -> AnswerRecord.take(record, intake, counters)).isInstanceOf(ResourceException.class);
    }

    @SuppressWarnings("unchecked") // the platform's record is a raw list
    private List<@Nullable Object> take(StorageComponent storage, byte[]... messages) throws ResourceException {
        CollectorSettings settings = new CollectorSettings(1.0, 0, 10, 2, TIMEOUT, TIMEOUT);
        AnswerRecord record = new AnswerRecord(messages.length);
        Collections.addAll(record, (Object[]) messages);
        Record answers = AnswerRecord.take(record, Unbounded.intake(storage, settings), counters);
        return new ArrayList<>((List<@Nullable Object>) answers);
    }
}
