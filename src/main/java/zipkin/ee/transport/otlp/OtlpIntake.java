package zipkin.ee.transport.otlp;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.NoRoomException;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.Journal;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.config.HttpIntakeSettings;
import zipkin.ee.http.Answers;
import zipkin.ee.http.body.BodyBudget;
import zipkin.ee.http.body.BodyInflater;
import zipkin.ee.http.body.ContentCoding;
import zipkin.ee.http.body.ReceivedBody;
import zipkin.ee.http.body.Refusal;

/**
 * What OTLP over HTTP does with a body that has arrived. The answer is 200 when the spans are
 * stored or, with COLLECTOR_HTTP_JOURNAL, in the journal; it says how many of them were refused.
 * Refusals are texts, which {@link OtlpFilter} turns into the bodies of OTLP.
 */
@SingleInstance
final class OtlpIntake {
    private final OtlpCollector collector;
    private final @Nullable Journal journal;
    private final TransportCounters counters;
    private final BodyInflater inflater;
    private final int maxBodyBytes;

    @Inject
    OtlpIntake(
            OtlpCollector collector,
            Journal journal,
            CollectorCounters counters,
            HttpIntakeSettings settings,
            BodyBudget budget) {
        this.collector = collector;
        this.journal = settings.journal() ? journal : null;
        this.counters = counters.of(OtlpTransport.LABEL);
        this.maxBodyBytes = settings.maxBodyBytes();
        this.inflater = new BodyInflater(maxBodyBytes, budget.bytes());
    }

    /** Takes the body of a request that BodyFilter has received. */
    CompletionStage<Response> post(HttpServletRequest request, Signal signal) {
        ReceivedBody received = ReceivedBody.of(request);
        @Nullable CompletionStage<Response> response = null;
        try {
            response = take(request, received, signal);
            return response;
        } finally {
            if (response == null || response.toCompletableFuture().isDone()) {
                received.release(); // otherwise the collector has the account
            }
        }
    }

    /** Takes a body as {@link #post} does, for a storage that is done when it returns. */
    Response postAtOnce(HttpServletRequest request, Signal signal) {
        return post(request, signal).toCompletableFuture().join();
    }

    private CompletionStage<Response> take(HttpServletRequest request, ReceivedBody received, Signal signal) {
        if (received.state() != ReceivedBody.State.COMPLETE) {
            return refused(signal, answer(Refusal.of(received.state(), maxBodyBytes)));
        }
        @Nullable OtlpFormat format = OtlpFormat.of(request.getContentType());
        if (format == null) {
            return refused(
                    signal, Answers.text(415, "OTLP has Content-Type: application/x-protobuf or application/json."));
        }
        try {
            ContentCoding coding = ContentCoding.of(request);
            if (collector.discards(signal)) {
                return collector.discard(signal).thenApply(end -> success(end.response(), format));
            }
            byte[] message = received.message(0, coding, inflater);
            if (message.length == 0 && format == OtlpFormat.JSON) {
                return refused(signal, Answers.text(400, "The body is empty. A message without spans is {} in JSON."));
            }
            CompletionStage<OtlpCollector.Taken> taken = signal == Signal.TRACES
                    ? collector.traces(message, format, counters, received.account(), journal)
                    : collector.logs(message, format, received.account(), journal);
            return taken.thenApply(end -> answer(end.outcome(), end.response(), format));
        } catch (ContentCoding.UnsupportedException e) {
            return refused(signal, Answers.unsupportedCoding(String.valueOf(e.getMessage()), ContentCoding.READ));
        } catch (BodyInflater.TooLargeException e) {
            return refused(signal, answer(Refusal.of(ReceivedBody.State.TOO_LARGE, maxBodyBytes)));
        } catch (NoRoomException e) {
            return refused(signal, answer(Refusal.of(e)));
        } catch (IOException e) {
            return refused(signal, Answers.text(400, String.valueOf(e.getMessage())));
        }
    }

    private static Response answer(Outcome outcome, ExportResponse response, OtlpFormat format) {
        if (outcome instanceof Outcome.Malformed malformed) {
            return Answers.text(malformed.tooLarge() ? 413 : 400, malformed.reason());
        }
        if (outcome instanceof Outcome.TryLater later) {
            return Answers.tryLater(later.reason());
        }
        return success(response, format);
    }

    private static Response success(ExportResponse response, OtlpFormat format) {
        return Response.ok(response.toBytes(format), format.mediaType()).build();
    }

    private CompletionStage<Response> refused(Signal signal, Response response) {
        if (signal == Signal.TRACES) {
            counters.messageRejected();
        }
        return CompletableFuture.completedFuture(response);
    }

    private static Response answer(Refusal refusal) {
        return refusal.retryable() ? Answers.tryLater(refusal.text()) : Answers.text(refusal.status(), refusal.text());
    }
}
