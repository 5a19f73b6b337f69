package zipkin.ee.codec.otlp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Turns spans of OTLP into Zipkin's. Fields that have no meaning in Zipkin are left out: the flags,
 * the schema and the kind INTERNAL. For one message and thread.
 */
final class OtlpSpanMapper {
    private static final int NANOS_PER_MICRO = 1_000;

    private final OtlpTags tags;
    private final OtlpEndpoints endpoints;
    private final OtlpLimits limits;
    private OtlpItems.@Nullable Group current;
    private Map<String, String> groupTags = Map.of();
    private Endpoint groupEndpoint = Endpoint.newBuilder().build();

    OtlpSpanMapper(OtlpTags tags, OtlpEndpoints endpoints, OtlpLimits limits) {
        this.tags = tags;
        this.endpoints = endpoints;
        this.limits = limits;
    }

    /** Why a span cannot be stored, or null if it can. */
    static @Nullable String refusal(OtlpSpan span) {
        String reason = span.traceId.refusal(OtlpId.TRACE, "trace id");
        if (reason == null) {
            reason = span.id.refusal(OtlpId.SPAN, "span id");
        }
        return reason == null && span.tooDeep ? "attribute of more than " + OtlpLimits.MAX_DEPTH + " levels" : reason;
    }

    /** Maps a span that {@link #refusal} does not refuse. */
    Span map(OtlpItems.Group group, OtlpSpan span) {
        if (!group.equals(current)) {
            current = group;
            groupTags = tags.ofGroup(group);
            groupEndpoint = endpoints.ofResource(group.resource());
        }
        limits.entries(groupTags.size());
        Span.Builder target = Span.newBuilder()
                .traceId(span.traceId.hex())
                .id(span.id.hex())
                .name(limits.lowerCase(span.name))
                .kind(kind(span.kind))
                .localEndpoint(endpoints.local(groupEndpoint, span))
                .remoteEndpoint(endpoints.remote(span));
        if (span.parentId.isValid(OtlpId.SPAN) && !span.parentId.hex().equals(span.id.hex())) {
            target.parentId(span.parentId.hex());
        }
        target.timestamp(micros(span.startNanos)).duration(durationMicros(span));
        long untimedEvents = events(span, target::addAnnotation);
        tags.add(groupTags, group.scope(), span, untimedEvents, target);
        return target.build();
    }

    static Span.@Nullable Kind kind(int kind) {
        return switch (kind) {
            case OtlpSpan.SERVER -> Span.Kind.SERVER;
            case OtlpSpan.CLIENT -> Span.Kind.CLIENT;
            case OtlpSpan.PRODUCER -> Span.Kind.PRODUCER;
            case OtlpSpan.CONSUMER -> Span.Kind.CONSUMER;
            default -> null;
        };
    }

    /** Microseconds from start to end, at least 1; 0 when one of them is not known. */
    static long durationMicros(OtlpSpan span) {
        long startMicros = micros(span.startNanos);
        long endMicros = micros(span.endNanos);
        return startMicros != 0 && endMicros != 0 && span.endNanos >= span.startNanos
                ? Math.max(1, endMicros - startMicros)
                : 0;
    }

    /** Gets annotations. */
    @FunctionalInterface
    interface Annotations {
        void add(long micros, String value);
    }

    /** Adds the events as annotations and returns how many have no time. */
    static long events(OtlpSpan span, Annotations target) {
        long untimed = 0;
        for (OtlpSpan.Event event : span.events) {
            Map<String, OtlpValue> members = event.attributes;
            if (event.droppedAttributes != 0) {
                members = new LinkedHashMap<>(members);
                members.put(TagNames.DROPPED_ATTRIBUTES, new OtlpValue.Int(event.droppedAttributes));
            }
            if (event.name.isEmpty() && members.isEmpty()) {
                continue;
            }
            long micros = firstMicros(event.timeNanos, span.startNanos);
            if (micros == 0) {
                untimed++;
            } else {
                target.add(micros, OtlpJsonText.event(event.name, members));
            }
        }
        return untimed;
    }

    /** The first of two times that is one, in microseconds; 0 for none. */
    static long firstMicros(long nanos, long otherNanos) {
        long micros = micros(nanos);
        return micros == 0 ? micros(otherNanos) : micros;
    }

    /** Microseconds, 0 for none: times of 2^63 nanoseconds and more are not times. */
    static long micros(long nanos) {
        return Math.max(0, nanos) / NANOS_PER_MICRO;
    }
}
