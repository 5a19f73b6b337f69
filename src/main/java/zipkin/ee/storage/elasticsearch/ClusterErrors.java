package zipkin.ee.storage.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ContentTooLongException;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin.ee.storage.UnusableStorageException;

/**
 * Turns errors of the client and answers of the cluster into exceptions with a line for the
 * operator.
 *
 * @param place the cluster's hosts
 * @param whatToCheck when the cluster denies access
 */
record ClusterErrors(String place, String whatToCheck) {
    RuntimeException of(ClusterRequest request, Throwable cause) {
        if (cause instanceof ResponseException answered) {
            return of(request, answered.getResponse(), cause);
        }
        if (cause instanceof ContentTooLongException) {
            return new AnswerTooLongException(
                    "The answer of " + place + " to " + request.method() + " " + request.path()
                            + " is longer than ZIPKIN_ES_MAX_ANSWER_BYTES",
                    cause);
        }
        String what = place + " can't be reached: " + describe(cause) + ". Check ES_HOSTS and the cluster.";
        return cause instanceof SocketTimeoutException && !(cause instanceof ConnectTimeoutException)
                ? ClusterDownException.timedOut(what, cause)
                : new ClusterDownException(what, cause);
    }

    RuntimeException of(ClusterRequest request, Response response, @Nullable Throwable cause) {
        int status = response.getStatusCode();
        ErrorText error = ErrorText.read(content(response));
        String text = error.reason().isEmpty() ? "no reason given" : error.reason();
        String what = request.method() + " " + request.path() + " was answered " + status + " by " + response.getHost()
                + ": " + text;
        EngineLimitException limit = EngineLimitException.of(what, status, error.type(), error.reason());
        if (limit != null) {
            return limit;
        }
        if ((status == 401 || status == 403) && !error.isBlock()) {
            return new UnusableStorageException(
                    what + ". Check " + whatToCheck + ".", StorageUnavailableException.USUAL_REASON, null);
        }
        boolean later = !error.isBlock() && (status == 429 || status == 408 || status >= 500);
        return later ? new ClusterDownException(what, cause) : new ClusterRefusedException(what, status, error.type());
    }

    static InputStream content(Response response) {
        try {
            HttpEntity entity = response.getEntity();
            return entity == null ? InputStream.nullInputStream() : entity.getContent();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffered answer is in memory", e);
        }
    }

    private static String describe(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
