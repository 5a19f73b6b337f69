package zipkin.ee.codec.otlp;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin2.Annotation;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Turns Zipkin's spans into those of OTLP: the inverse of {@link OtlpSpanMapper}. Endpoints become
 * attributes unless an intake finds them in the tags anyway, and no attribute replaces a tag.
 * What is shared keeps its id, since OTLP has no other form for it; debug is left out. For one
 * message and thread.
 */
final class ZipkinSpanMapper {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MAX_MICROS = Long.MAX_VALUE / NANOS_PER_MICRO;
    private static final int TRACE_DIGITS = 2 * OtlpId.TRACE;

    private final JsonObjects json;

    ZipkinSpanMapper(JsonObjects json) {
        this.json = json;
    }

    /** @param tags of the span; what becomes a field is taken out of them */
    OtlpSpan map(Span span, ZipkinTags tags) {
        OtlpSpan target = new OtlpSpan();
        target.traceId = OtlpId.ofHex("0".repeat(TRACE_DIGITS - span.traceId().length()) + span.traceId());
        target.id = OtlpId.ofHex(span.id());
        target.parentId = span.parentId() == null ? OtlpId.NONE : OtlpId.ofHex(span.parentId());
        target.name = span.name() == null ? "" : span.name();
        target.kind = kind(span.kind());
        target.startNanos = nanos(span.timestampAsLong());
        target.endNanos = end(target.startNanos, span.durationAsLong());
        for (Annotation annotation : span.annotations()) {
            target.events.add(event(annotation));
        }
        tags.takeStatus(target);
        target.links = tags.takeLinks();
        target.traceState = tags.takeText(TagNames.TRACE_STATE);
        target.droppedAttributes = tags.takeCount(TagNames.DROPPED_ATTRIBUTES);
        target.droppedEvents = tags.takeCount(TagNames.DROPPED_EVENTS);
        target.droppedLinks = tags.takeCount(TagNames.DROPPED_LINKS);
        target.attributes = tags.attributes();
        endpoints(span, target);
        return target;
    }

    /** A span without a kind is one within a process. */
    private static int kind(Span.@Nullable Kind kind) {
        if (kind == null) {
            return OtlpSpan.INTERNAL;
        }
        return switch (kind) {
            case SERVER -> OtlpSpan.SERVER;
            case CLIENT -> OtlpSpan.CLIENT;
            case PRODUCER -> OtlpSpan.PRODUCER;
            case CONSUMER -> OtlpSpan.CONSUMER;
        };
    }

    /** 0 for times that nanoseconds can't count. */
    private static long nanos(long micros) {
        return micros < 0 || micros > MAX_MICROS ? 0 : micros * NANOS_PER_MICRO;
    }

    /** Without a duration, the start: OTLP expects that no span ends before it begins. */
    private static long end(long startNanos, long durationMicros) {
        boolean fits = durationMicros <= (Long.MAX_VALUE - startNanos) / NANOS_PER_MICRO;
        return fits ? startNanos + durationMicros * NANOS_PER_MICRO : Long.MAX_VALUE;
    }

    /**
     * An event with attributes where the text is the quoted name, a colon and a JSON object; else
     * the text is the name.
     */
    private OtlpSpan.Event event(Annotation annotation) {
        OtlpSpan.Event event = new OtlpSpan.Event();
        event.timeNanos = nanos(annotation.timestamp());
        event.name = annotation.value();
        Map.Entry<String, OtlpValue> named = named(annotation.value());
        if (named != null && named.getValue() instanceof OtlpValue.KeyValues attributes) {
            event.name = named.getKey();
            event.attributes = attributes.members();
            event.droppedAttributes = takeDropped(event.attributes);
        }
        return event;
    }

    private Map.@Nullable Entry<String, OtlpValue> named(String text) {
        if (!text.startsWith("\"") || !text.endsWith("}")) {
            return null; // most, soon
        }
        Map<String, OtlpValue> whole = json.read("{" + text + "}");
        if (whole == null || whole.size() != 1) {
            return null;
        }
        Map.Entry<String, OtlpValue> named = whole.entrySet().iterator().next();
        boolean isUsable = named.getValue() instanceof OtlpValue.KeyValues attributes
                && !attributes.members().isEmpty()
                && !attributes.members().containsKey("");
        return isUsable ? named : null;
    }

    /** Takes the count of dropped attributes, which comes last, out of the attributes. */
    private static long takeDropped(Map<String, OtlpValue> attributes) {
        String last = List.copyOf(attributes.keySet()).get(attributes.size() - 1);
        if (last.equals(TagNames.DROPPED_ATTRIBUTES)
                && attributes.get(last) instanceof OtlpValue.Int count
                && count.value() > 0
                && count.value() <= 0xffff_ffffL) {
            attributes.remove(last);
            return count.value();
        }
        return 0;
    }

    private static void endpoints(Span span, OtlpSpan target) {
        OtlpEndpoints found = new OtlpEndpoints(true, new OtlpLimits());
        Endpoint local = span.localEndpoint();
        if (local != null
                && !sameAddress(local, found.local(Endpoint.newBuilder().build(), target))) {
            address(local, OtlpEndpoints.LOCAL_ADDRESS, OtlpEndpoints.LOCAL_PORT, target);
        }
        Endpoint remote = span.remoteEndpoint();
        if (remote == null) {
            return;
        }
        Endpoint foundRemote = found.remote(target);
        String name = remote.serviceName();
        if (name != null && (foundRemote == null || !name.equals(foundRemote.serviceName()))) {
            target.attributes.putIfAbsent(OtlpEndpoints.PEER_SERVICE, new OtlpValue.Text(name));
        }
        if (foundRemote == null || !sameAddress(remote, foundRemote)) {
            address(remote, OtlpEndpoints.PEER_ADDRESS, OtlpEndpoints.PEER_PORT, target);
        }
    }

    private static boolean sameAddress(Endpoint one, Endpoint other) {
        return one.toBuilder()
                .serviceName(null)
                .build()
                .equals(other.toBuilder().serviceName(null).build());
    }

    /** OTLP has one address for an endpoint: IPv4 where there are both. */
    private static void address(Endpoint endpoint, String addressName, String portName, OtlpSpan target) {
        String ip = endpoint.ipv4() == null ? endpoint.ipv6() : endpoint.ipv4();
        if (ip != null) {
            target.attributes.putIfAbsent(addressName, new OtlpValue.Text(ip));
        }
        if (endpoint.portAsInt() > 0) {
            target.attributes.putIfAbsent(portName, new OtlpValue.Int(endpoint.portAsInt()));
        }
    }
}
