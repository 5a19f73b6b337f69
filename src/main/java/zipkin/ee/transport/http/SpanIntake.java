package zipkin.ee.transport.http;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.NoRoomException;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.Encoding;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.Delivery;
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
 * What both versions of the intake do with a body that has arrived. The answer is 202 with an empty
 * body when the spans are stored or, with COLLECTOR_HTTP_JOURNAL, in the journal, 400 with the
 * reason when they can't be read, 413 when they are too large once inflated, 503 when the storage
 * has no room. Bodies that are late, too large or find no room themselves are answered by the
 * filter.
 */
@SingleInstance
final class SpanIntake {
    private static final byte[] NONE = {};

    private final Collector collector;
    private final @Nullable Journal journal;
    private final TransportCounters counters;
    private final BodyInflater inflater;
    private final int maxBodyBytes;

    @Inject
    SpanIntake(
            Collector collector,
            Journal journal,
            CollectorCounters counters,
            HttpIntakeSettings settings,
            BodyBudget budget) {
        this.collector = collector;
        this.journal = settings.journal() ? journal : null;
        this.counters = counters.of(HttpTransport.LABEL);
        this.maxBodyBytes = settings.maxBodyBytes();
        this.inflater = new BodyInflater(maxBodyBytes, budget.bytes());
    }

    /** Takes the body of a request that {@link BodyFilter} has received. */
    CompletionStage<Response> post(HttpServletRequest request, Encoding encoding) {
        ReceivedBody received = ReceivedBody.of(request);
        if (received.state() != ReceivedBody.State.COMPLETE) {
            return CompletableFuture.completedFuture(refuse(Refusal.of(received.state(), maxBodyBytes)));
        }
        @Nullable CompletionStage<Response> response = null;
        try {
            response = accept(request, received, encoding);
            return response;
        } finally {
            if (response == null || response.toCompletableFuture().isDone()) {
                received.release(); // otherwise the collector has the account
            }
        }
    }

    /** Takes a body as {@link #post} does, for a storage that is done when it returns. */
    Response postAtOnce(HttpServletRequest request, Encoding encoding) {
        return post(request, encoding).toCompletableFuture().join();
    }

    private CompletionStage<Response> accept(HttpServletRequest request, ReceivedBody received, Encoding encoding) {
        try {
            byte[] body = received.message(0, ContentCoding.of(request), inflater);
            byte[] spans = isEmptyList(body) ? NONE : body; // the reference counts no bytes of it
            boolean debug = "1".equals(request.getHeader("X-B3-Flags"));
            return collector
                    .accept(Delivery.posted(spans, encoding, counters)
                            .with(debug, received.account())
                            .into(journal))
                    .thenApply(SpanIntake::answer);
        } catch (ContentCoding.UnsupportedException e) {
            counters.messageRejected();
            return CompletableFuture.completedFuture(
                    Answers.unsupportedCoding(String.valueOf(e.getMessage()), ContentCoding.READ));
        } catch (BodyInflater.TooLargeException e) {
            return CompletableFuture.completedFuture(refuse(Refusal.of(ReceivedBody.State.TOO_LARGE, maxBodyBytes)));
        } catch (NoRoomException e) {
            return CompletableFuture.completedFuture(refuse(Refusal.of(e)));
        } catch (IOException e) {
            counters.messageRejected();
            return CompletableFuture.completedFuture(Answers.text(400, String.valueOf(e.getMessage())));
        }
    }

    private static Response answer(Outcome outcome) {
        if (outcome instanceof Outcome.Malformed malformed) {
            return Answers.text(malformed.tooLarge() ? 413 : 400, malformed.reason());
        }
        if (outcome instanceof Outcome.TryLater later) {
            return Answers.tryLater(later.reason());
        }
        return Response.accepted().build();
    }

    private Response refuse(Refusal refusal) {
        counters.messageRejected();
        return refusal.retryable() ? Answers.tryLater(refusal.text()) : Answers.text(refusal.status(), refusal.text());
    }

    private static boolean isEmptyList(byte[] body) {
        return body.length == 2 && body[0] == '[' && body[1] == ']';
    }

    /** Whether the request has this type, whatever its parameters. */
    static boolean isMediaType(HttpServletRequest request, String mediaType) {
        @Nullable String contentType = request.getContentType();
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.trim().toLowerCase(Locale.ROOT).equals(mediaType);
    }
}
