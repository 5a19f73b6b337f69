package zipkin.ee.transport.otlp;

import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.SpanSize;
import zipkin.ee.codec.otlp.OtlpLogs;
import zipkin.ee.codec.otlp.OtlpMapping;
import zipkin.ee.codec.otlp.OtlpReader;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.Journal;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.SpanDecoder;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.config.OtlpSettings;

/**
 * Takes messages of OTLP, however they came: stores the spans of traces and the events of spans in
 * logs, and counts what it discards.
 */
@SingleInstance
final class OtlpCollector {
    private final Collector collector;
    private final DiscardedSignals discarded;
    private final OtlpReader reader;
    private final TransportCounters uncounted = new TransportCounters("logs", false);
    private final OtlpSettings.Logs logs;

    /**
     * What became of a message.
     *
     * @param response of a success
     */
    record Taken(Outcome outcome, ExportResponse response) {}

    @Inject
    OtlpCollector(Collector collector, DiscardedSignals discarded, OtlpSettings otlp) {
        this.collector = collector;
        this.discarded = discarded;
        this.logs = otlp.logs();
        this.reader = reader(otlp);
    }

    /** A reader with the mapping that the settings ask for. */
    static OtlpReader reader(OtlpSettings otlp) {
        return new OtlpReader(new OtlpMapping(
                otlp.resourcePrefix(),
                otlp.resourceAttributes(),
                otlp.ipAsService(),
                otlp.libraryTags(),
                otlp.logs() == OtlpSettings.Logs.CORRELATED));
    }

    /** Whether messages of a signal are discarded as a whole, and need not be read. */
    boolean discards(Signal signal) {
        return signal == Signal.METRICS || (signal == Signal.LOGS && logs == OtlpSettings.Logs.NONE);
    }

    /** Discards a message. The caller closes its account. */
    CompletionStage<Taken> discard(Signal signal) {
        discarded.count(signal);
        return CompletableFuture.completedFuture(new Taken(new Outcome.Stored(), ExportResponse.FULL_SUCCESS));
    }

    /**
     * Takes a message of traces.
     *
     * @param account what the message holds of budgets; closed with the outcome
     * @param journal takes the message instead of the storage; null for the storage
     */
    CompletionStage<Taken> traces(
            byte[] message, OtlpFormat format, TransportCounters counters, Account account, @Nullable Journal journal) {
        TracesDecoder decoder = new TracesDecoder(reader, format, counters);
        return accept(message, decoder, counters, account, journal)
                .thenApply(outcome -> new Taken(outcome, decoder.response()));
    }

    /**
     * Takes a message of logs: stores the annotations in it, and discards all other records.
     * The parameters are those of {@link #traces}, without counters: log records are counted as
     * discarded only.
     */
    CompletionStage<Taken> logs(byte[] message, OtlpFormat format, Account account, @Nullable Journal journal) {
        SpanDecoder events = (bytes, columns, room) -> {
            room.accept(bytes.length);
            OtlpLogs logs = format.readLogs(reader, bytes);
            room.accept(SpanSize.of(logs.spans()));
            return logs.spans();
        };
        return accept(message, events, uncounted, account, journal).thenApply(outcome -> {
            if (outcome instanceof Outcome.Stored) {
                discarded.count(Signal.LOGS);
            }
            return new Taken(outcome, ExportResponse.FULL_SUCCESS);
        });
    }

    private CompletionStage<Outcome> accept(
            byte[] message,
            SpanDecoder decoder,
            TransportCounters counters,
            Account account,
            @Nullable Journal journal) {
        return collector.accept(Delivery.decoded(message, decoder, counters)
                .with(false, account)
                .into(journal));
    }
}
