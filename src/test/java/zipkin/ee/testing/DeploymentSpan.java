package zipkin.ee.testing;

import java.util.concurrent.ThreadLocalRandom;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * A span of now, in a trace of its own, to see that a deployment takes spans and answers for them.
 */
public final class DeploymentSpan {
    private DeploymentSpan() {}

    public static Span of(String serviceName) {
        return Span.newBuilder()
                .traceId(Long.toHexString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)))
                .id("1")
                .name("deploy")
                .localEndpoint(Endpoint.newBuilder().serviceName(serviceName).build())
                .timestamp(System.currentTimeMillis() * 1000)
                .duration(7)
                .build();
    }
}
