package zipkin.ee.clients;

import static brave.Span.Kind.CLIENT;
import static brave.Span.Kind.CONSUMER;
import static brave.Span.Kind.PRODUCER;
import static brave.Span.Kind.SERVER;

import brave.Tracing;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import brave.sampler.Sampler;
import java.util.List;
import zipkin2.Endpoint;
import zipkin2.Span;

/** One trace that Brave recorded, and the spans that the server must answer for it. */
record BraveTrace(String traceId, List<Span> expected) {
    private static final Endpoint FRONTEND = Endpoint.newBuilder()
            .serviceName("frontend")
            .ip("10.1.0.1")
            .port(8080)
            .build();
    private static final Endpoint PAYMENTS = Endpoint.newBuilder()
            .serviceName("payments")
            .ip("2001:db8::c001")
            .port(9000)
            .build();
    private static final Endpoint CALLER =
            Endpoint.newBuilder().ip("192.0.2.7").port(51234).build();
    private static final Endpoint KAFKA =
            Endpoint.newBuilder().serviceName("kafka").ip("10.1.0.9").port(9092).build();

    /** The tracer of the calling service. */
    static Tracing frontend(SpanHandler handler) {
        return tracing("frontend", "10.1.0.1", 8080, handler);
    }

    /** The tracer of the service that is called. */
    static Tracing payments(SpanHandler handler) {
        return tracing("payments", "2001:db8::c001", 9000, handler);
    }

    private static Tracing tracing(String service, String ip, int port, SpanHandler handler) {
        return Tracing.newBuilder()
                .localServiceName(service)
                .localIp(ip)
                .localPort(port)
                .traceId128Bit(true)
                .sampler(Sampler.ALWAYS_SAMPLE)
                .addSpanHandler(handler)
                .build();
    }

    /**
     * A request to frontend that calls payments, which fails in a local step and reports that over
     * Kafka.
     */
    static BraveTrace record(Tracing frontend, Tracing payments) {
        long t = System.currentTimeMillis() * 1000;
        brave.Span request = frontend.tracer().newTrace().kind(SERVER).name("GET /orders/{id}");
        request.start(t).tag("http.method", "GET").tag("http.path", "/orders/ä€😀");
        request.remoteIpAndPort("192.0.2.7", 51234);
        brave.Span call =
                frontend.tracer().newChild(request.context()).kind(CLIENT).name("charge");
        call.start(t + 1_000).annotate(t + 1_200, "retry").annotate(t + 1_100, "connected");
        call.remoteServiceName("Payments");
        call.remoteIpAndPort("2001:db8::c001", 9000);
        brave.Span charge =
                payments.tracer().joinSpan(call.context()).kind(SERVER).name("charge");
        charge.start(t + 2_000);
        brave.Span check = payments.tracer().newChild(charge.context()).name("check-card");
        check.start(t + 3_000).error(new IllegalStateException("card expired"));
        check.finish(t + 4_500);
        brave.Span report =
                payments.tracer().newChild(charge.context()).kind(PRODUCER).name("send");
        report.start(t + 5_000).remoteServiceName("kafka");
        report.remoteIpAndPort("10.1.0.9", 9092);
        report.finish(t + 5_300);
        brave.Span hear =
                frontend.tracer().newChild(report.context()).kind(CONSUMER).name("poll");
        hear.start(t + 8_000).remoteServiceName("kafka");
        hear.finish(t + 8_001);
        charge.tag("error", "402").finish(t + 6_000);
        call.tag("http.status_code", "402").tag("error", "402").finish(t + 7_000);
        request.finish(t + 20_000);
        return new BraveTrace(
                request.context().traceIdString(),
                List.of(
                        request(request.context(), t),
                        call(call.context(), t),
                        charge(charge.context(), t),
                        check(check.context(), t),
                        report(report.context(), t),
                        hear(hear.context(), t)));
    }

    private static Span request(TraceContext context, long t) {
        return span(context, FRONTEND, t, 20_000)
                .kind(Span.Kind.SERVER)
                .name("get /orders/{id}")
                .remoteEndpoint(CALLER)
                .putTag("http.method", "GET")
                .putTag("http.path", "/orders/ä€😀")
                .build();
    }

    private static Span call(TraceContext context, long t) {
        return span(context, FRONTEND, t + 1_000, 6_000)
                .kind(Span.Kind.CLIENT)
                .name("charge")
                .remoteEndpoint(PAYMENTS)
                .addAnnotation(t + 1_100, "connected")
                .addAnnotation(t + 1_200, "retry")
                .putTag("http.status_code", "402")
                .putTag("error", "402")
                .build();
    }

    private static Span charge(TraceContext context, long t) {
        return span(context, PAYMENTS, t + 2_000, 4_000)
                .kind(Span.Kind.SERVER)
                .name("charge")
                .putTag("error", "402")
                .shared(true)
                .build();
    }

    private static Span check(TraceContext context, long t) {
        return span(context, PAYMENTS, t + 3_000, 1_500)
                .name("check-card")
                .putTag("error", "card expired")
                .build();
    }

    private static Span report(TraceContext context, long t) {
        return span(context, PAYMENTS, t + 5_000, 300)
                .kind(Span.Kind.PRODUCER)
                .name("send")
                .remoteEndpoint(KAFKA)
                .build();
    }

    private static Span hear(TraceContext context, long t) {
        return span(context, FRONTEND, t + 8_000, 1)
                .kind(Span.Kind.CONSUMER)
                .name("poll")
                .remoteEndpoint(Endpoint.newBuilder().serviceName("kafka").build())
                .build();
    }

    private static Span.Builder span(TraceContext context, Endpoint local, long startMicros, long durationMicros) {
        return Span.newBuilder()
                .traceId(context.traceIdString())
                .parentId(context.parentIdString())
                .id(context.spanIdString())
                .localEndpoint(local)
                .timestamp(startMicros)
                .duration(durationMicros);
    }
}
