package zipkin.ee.storage.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Objects;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.HttpLogging;
import zipkin.ee.text.SafeLogger;

/**
 * Logs what is exchanged with the cluster, as much of it as {@code ES_HTTP_LOGGING} says. Headers
 * of authorization are never logged. Thread safe.
 */
final class ExchangeLog {
    private static final Logger LOGGER = SafeLogger.of(ExchangeLog.class.getName());

    private final HttpLogging detail;

    ExchangeLog(HttpLogging detail) {
        this.detail = detail;
    }

    Entry begin(ClusterRequest request) {
        if (detail == HttpLogging.NONE) {
            return Entry.SILENT;
        }
        String line = request.method() + " " + request.path()
                + (request.parameters().isEmpty() ? "" : " " + request.parameters());
        if (detail == HttpLogging.BODY && request.body().length() > 0) {
            line += "\n" + request.body();
        }
        return new Logged(line, System.nanoTime());
    }

    /** One request, until its answer. */
    interface Entry {
        Entry SILENT = new Entry() {
            @Override
            public void answered(Response response) {}

            @Override
            public void failed(String error) {}
        };

        void answered(Response response);

        void failed(String error);
    }

    private final class Logged implements Entry {
        private final String line;
        private final long startNanos;

        Logged(String line, long startNanos) {
            this.line = line;
            this.startNanos = startNanos;
        }

        @Override
        public void answered(Response response) {
            String answer = response.getHost() + " " + response.getStatusCode();
            if (detail != HttpLogging.BASIC) {
                answer += " " + Arrays.toString(response.getHeaders());
            }
            if (detail == HttpLogging.BODY) {
                answer += "\n" + Objects.toString(response.getEntity(), "");
            }
            log(answer);
        }

        @Override
        public void failed(String error) {
            log(error);
        }

        private void log(String end) {
            long millis = (System.nanoTime() - startNanos) / 1_000_000;
            LOGGER.log(Level.INFO, "{0} -> {1}, {2} ms", line, end, Long.toString(millis));
        }
    }
}
