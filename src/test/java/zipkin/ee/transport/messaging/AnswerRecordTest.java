package zipkin.ee.transport.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.ResourceException;
import jakarta.resource.cci.Record;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import zipkin.ee.ZipkinSettings;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.collect.Unbounded;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.transport.otlp.OtlpDeliveries;
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

    private static final byte[] OTLP =
            HexFormat.of().parseHex("0a20121e121c0a10463ac35c9f6413ad48485a3953bb61241208a2fb4a1d1a96d312");

    private final OtlpDeliveries deliveries =
            new OtlpDeliveries(ZipkinSettings.read(name -> null).otlp());
    private final TransportCounters counters = new TransportCounters("test", true);
    private final InMemoryStorage memory = InMemoryStorage.newBuilder().build();

    @Test
    void answers_areNullForStored_andTheReasonForMalformed() throws ResourceException {
        assertThat(take(memory, MESSAGE, "{}".getBytes(UTF_8), MESSAGE))
                .containsExactly(null, "Expected json, proto3 or thrift list encoding", null);
    }

    @Test
    void message_thatTheAdapterMarks_isReadAsOtlp() throws ResourceException {
        AnswerRecord messages = record(MESSAGE, otlp(OTLP), otlp(new byte[] {10, 5, 1}));

        assertThat(take(memory, messages))
                .satisfies(answers -> assertThat(answers.get(2)).asString().contains("reading OTLP from protobuf"))
                .startsWith(null, null);
        assertThat(memory.getTraces())
                .flatExtracting(trace -> trace)
                .extracting(Span::id)
                .containsExactlyInAnyOrder("0000000000000001", "a2fb4a1d1a96d312");
    }

    @Test
    void message_ofUnknownKind_isRefused() {
        AnswerRecord unnamed = otlp(OTLP);
        unnamed.setRecordName("other");
        for (Object unknown : List.of("text", unnamed, record())) {
            assertThatThrownBy(() -> take(memory, record(unknown)))
                    .isInstanceOf(ResourceException.class)
                    .hasMessageStartingWith("Unexpected message type");
        }
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

        assertThatThrownBy(() -> AnswerRecord.take(record, intake, deliveries, counters))
                .isInstanceOf(ResourceException.class);
    }

    private List<@Nullable Object> take(StorageComponent storage, byte[]... messages) throws ResourceException {
        return take(storage, record((Object[]) messages));
    }

    @SuppressWarnings("unchecked") // the platform's record is a raw list
    private List<@Nullable Object> take(StorageComponent storage, AnswerRecord messages) throws ResourceException {
        CollectorSettings settings = new CollectorSettings(1.0, 0, 10, 2, TIMEOUT, TIMEOUT);
        Record answers = AnswerRecord.take(messages, Unbounded.intake(storage, settings), deliveries, counters);
        return new ArrayList<>((List<@Nullable Object>) answers);
    }

    private static AnswerRecord otlp(byte[] message) {
        AnswerRecord marked = record((Object) message);
        marked.setRecordName("otlp");
        return marked;
    }

    @SuppressWarnings("unchecked") // the platform's record is a raw list
    private static AnswerRecord record(Object... messages) {
        AnswerRecord record = new AnswerRecord(messages.length);
        Collections.addAll(record, messages);
        return record;
    }
}
