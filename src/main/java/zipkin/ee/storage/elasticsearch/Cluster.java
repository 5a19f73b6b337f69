package zipkin.ee.storage.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Cancellable;
import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.WarningsHandler;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import zipkin.ee.json.Json;
import zipkin.ee.storage.UnusableStorageException;

/**
 * The nodes of one cluster. The client below picks them in turn, leaves out for a while those that
 * did not answer, and asks the next one meanwhile. Thread safe; calls block.
 */
final class Cluster implements AutoCloseable {
    private static final ContentType JSON = ContentType.APPLICATION_JSON;
    private static final ContentType LINES = ContentType.create("application/x-ndjson");

    private final Rest5Client client;
    private final Duration timeout;
    private final Access access;
    private final ExchangeLog log;
    private final ClusterErrors errors;
    private final RequestOptions options;
    private final String place;

    /**
     * How the cluster is reached.
     *
     * @param location gives the client its hosts
     * @param whatToCheck advice for when the cluster denies access
     * @param closing what ends with the client
     */
    record Access(ClusterLocation location, Credentials credentials, String whatToCheck, Runnable closing) {
        /** Access by the hosts and the user of the settings. */
        static Access of(Credentials credentials) {
            return new Access(
                    ClusterLocation.known(),
                    credentials,
                    "ES_USERNAME and ES_PASSWORD or ES_CREDENTIALS_FILE, and the user's rights",
                    () -> {});
        }
    }

    @FunctionalInterface
    interface Reading<T> {
        /**
         * @param parser before the first token
         */
        T read(JsonParser parser) throws IOException;
    }

    /**
     * @param timeout of one request, whole
     * @param maxAnswerBytes beyond which an answer is an error
     * @param place the cluster's hosts, for messages
     */
    Cluster(Rest5Client client, Duration timeout, int maxAnswerBytes, Access access, ExchangeLog log, String place) {
        this.client = client;
        this.timeout = timeout;
        this.access = access;
        this.log = log;
        this.errors = new ClusterErrors(place, access.whatToCheck());
        this.place = place;
        RequestOptions.Builder builder = RequestOptions.DEFAULT.toBuilder();
        builder.setHttpAsyncResponseConsumerFactory(() -> new AnswerConsumer(maxAnswerBytes));
        // Elasticsearch warns of templates of the older kind with each answer.
        builder.setWarningsHandler(WarningsHandler.PERMISSIVE);
        this.options = builder.build();
    }

    /**
     * @throws ClusterDownException when no node answered in time, or one said that it can't now
     * @throws ClusterRefusedException when the answer is another error
     * @throws UnusableStorageException when the cluster denies access
     */
    <T> T call(ClusterRequest request, Reading<T> reading) {
        Response response = exchange(request);
        try (InputStream content = ClusterErrors.content(response);
                JsonParser parser = Json.FACTORY.createParser(content)) {
            return reading.read(parser);
        } catch (IOException e) {
            throw new ClusterDownException(
                    "The answer of " + response.getHost() + " to " + request.method() + " " + request.path()
                            + " is not what was expected: " + e.getMessage(),
                    e);
        }
    }

    /** The answer as a tree, see {@link Json#tree}. */
    Object tree(ClusterRequest request) {
        return call(request, Json::tree);
    }

    private Response exchange(ClusterRequest request) {
        access.location().ensure(client);
        CompletableFuture<Response> answer = new CompletableFuture<>();
        ExchangeLog.Entry entry = log.begin(request);
        Cancellable running = client.performRequestAsync(prepare(request), new ResponseListener() {
            @Override
            public void onSuccess(Response response) {
                answer.complete(response);
            }

            @Override
            public void onFailure(Exception exception) {
                answer.completeExceptionally(exception);
            }
        });
        try {
            Response response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            entry.answered(response);
            // The client takes all below 500 for a success.
            if (response.getStatusCode() < 400 || (request.ignoreMissing() && response.getStatusCode() == 404)) {
                return response;
            }
            throw errors.of(request, response, null);
        } catch (ExecutionException e) {
            entry.failed(String.valueOf(e.getCause()));
            throw errors.of(request, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            running.cancel();
            entry.failed("no answer");
            throw ClusterDownException.timedOut(
                    place + " did not answer within ES_TIMEOUT, " + timeout.toMillis() + " ms: " + request.method()
                            + " " + request.path(),
                    e);
        } catch (InterruptedException e) {
            running.cancel();
            entry.failed("interrupted");
            Thread.currentThread().interrupt();
            throw new ClusterDownException("Interrupted while " + place + " was asked", e);
        }
    }

    private Request prepare(ClusterRequest request) {
        Request prepared = new Request(request.method(), path(request));
        request.parameters().forEach(prepared::addParameter);
        if (request.body().length() > 0) {
            prepared.setEntity(new ByteArrayEntity(
                    request.body().bytes(), 0, request.body().length(), request.lines() ? LINES : JSON));
        }
        String authorization = access.credentials().authorization();
        prepared.setOptions(
                authorization == null
                        ? options
                        : options.toBuilder()
                                .addHeader("Authorization", authorization)
                                .build());
        return prepared;
    }

    /** Names of indices hold no character that has to be escaped but the wildcard's companions. */
    private static String path(ClusterRequest request) {
        try {
            return new URI(null, null, request.path(), null).getRawPath();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalArgumentException("Not a path: " + request.path(), e);
        }
    }

    String place() {
        return place;
    }

    @Override
    public void close() {
        try {
            client.close();
            access.closing().run();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the client of " + place, e);
        }
    }
}
