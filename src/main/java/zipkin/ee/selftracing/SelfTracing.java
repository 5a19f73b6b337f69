package zipkin.ee.selftracing;

import brave.Tracing;
import brave.http.HttpTracing;
import brave.jakarta.servlet.TracingFilter;
import brave.sampler.BoundarySampler;
import brave.sampler.RateLimitingSampler;
import brave.sampler.Sampler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.concurrent.ContainerTimer;

/** Traces this server's requests with Brave. */
@SingleInstance
class SelfTracing {
    private static final String SERVICE = "zipkin-server";

    private final SelfTracingSettings settings;
    private final Collector collector;
    private final CollectorCounters counters;
    private final ContainerTimer timer;
    private @Nullable Tracing tracing;
    private @Nullable OwnSpans spans;

    @Inject
    SelfTracing(SelfTracingSettings settings, Collector collector, CollectorCounters counters, ContainerTimer timer) {
        this.settings = settings;
        this.collector = collector;
        this.counters = counters;
        this.timer = timer;
    }

    /** Registers Brave's filter before all others. */
    void start(ServletContext context) {
        OwnSpans own = new OwnSpans(collector, counters.of(OwnSpans.LABEL));
        Tracing started = Tracing.newBuilder()
                .localServiceName(SERVICE)
                .traceId128Bit(true)
                .sampler(sampler())
                .addSpanHandler(own)
                .build();
        HttpTracing http = HttpTracing.newBuilder(started)
                .serverRequestParser(new OwnRequests())
                .build();
        FilterRegistration.Dynamic filter = context.addFilter("self-tracing", TracingFilter.create(http));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        timer.every(settings.flushInterval(), own::flush);
        tracing = started;
        spans = own;
    }

    private Sampler sampler() {
        if (settings.sampleRate() != 1.0) {
            return BoundarySampler.create((float) settings.sampleRate());
        }
        return settings.tracesPerSecond() == 0
                ? Sampler.ALWAYS_SAMPLE
                : RateLimitingSampler.create(settings.tracesPerSecond());
    }

    @PreDestroy
    void stop() {
        if (tracing != null) {
            tracing.close();
        }
        if (spans != null) {
            spans.flush();
        }
    }
}
