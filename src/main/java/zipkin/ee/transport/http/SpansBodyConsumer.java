package zipkin.ee.transport.http;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.config.HttpIntakeSettings;
import zipkin.ee.http.body.BodyConsumer;

/** Takes the bodies of POST /api/v1/spans and /api/v2/spans. */
@SingleInstance
final class SpansBodyConsumer implements BodyConsumer {
    private static final Pattern PATH = Pattern.compile("/+api(;[^/]*)?/+v[12](;[^/]*)?/+spans(;[^/]*)?");

    private final HttpIntakeSettings settings;
    private final CollectorCounters counters;

    @Inject
    SpansBodyConsumer(HttpIntakeSettings settings, CollectorCounters counters) {
        this.settings = settings;
        this.counters = counters;
    }

    /**
     * By the whole path, because repeated slashes and matrix parameters, which a mapping would not
     * take, lead there too.
     */
    @Override
    public boolean takes(HttpServletRequest request) {
        return settings.enabled()
                && PATH.matcher(request.getRequestURI()
                                .substring(request.getContextPath().length()))
                        .matches();
    }

    @Override
    public void countRefused(HttpServletRequest request) {
        counters.of(HttpTransport.LABEL).messageRejected();
    }
}
