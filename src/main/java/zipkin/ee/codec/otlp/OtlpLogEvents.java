package zipkin.ee.codec.otlp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Turns log records that are events of a span into partial spans: those with valid ids and the name
 * of an event, or with a body where these are wanted. All others are only counted. For one message
 * and thread.
 */
final class OtlpLogEvents implements OtlpItems<OtlpLogRecord> {
    static final int MAX_BODY_CHARACTERS = 4096;

    private static final String EVENT_NAME = "event.name";

    private final OtlpEndpoints endpoints;
    private final boolean withBodies;
    private final List<Span> spans = new ArrayList<>();
    private OtlpItems.@Nullable Group current;
    private Endpoint endpoint = Endpoint.newBuilder().build();
    private long records;

    /** @param withBodies whether a record that is not an event is an annotation of its body */
    OtlpLogEvents(OtlpEndpoints endpoints, boolean withBodies) {
        this.endpoints = endpoints;
        this.withBodies = withBodies;
    }

    @Override
    public void add(Group group, int index, OtlpLogRecord log) {
        records++;
        long micros = OtlpSpanMapper.firstMicros(log.timeNanos, log.observedTimeNanos);
        if (micros == 0 || log.tooDeep || !log.traceId.isValid(OtlpId.TRACE) || !log.spanId.isValid(OtlpId.SPAN)) {
            return;
        }
        String text = text(log);
        if (text.isEmpty()) {
            return;
        }
        if (!group.equals(current)) {
            current = group;
            endpoint = endpoints.ofResource(group.resource());
        }
        spans.add(Span.newBuilder()
                .traceId(log.traceId.hex())
                .id(log.spanId.hex())
                .localEndpoint(endpoint)
                .addAnnotation(micros, text)
                .build());
    }

    @Override
    public void restart() {
        spans.clear();
        records = 0;
    }

    OtlpLogs result() {
        return new OtlpLogs(spans, records);
    }

    /** The text of the annotation; empty for none. */
    private String text(OtlpLogRecord log) {
        Map<String, OtlpValue> members = new LinkedHashMap<>(log.attributes);
        String name = log.eventName;
        if (name.isEmpty() && members.get(EVENT_NAME) instanceof OtlpValue.Text attribute) {
            name = attribute.text();
            members.remove(EVENT_NAME);
        }
        if (name.isEmpty()) {
            return withBodies ? beginning(log.body.text()) : "";
        }
        addFields(log, members);
        return OtlpJsonText.event(name, members);
    }

    private static String beginning(String body) {
        if (body.length() <= MAX_BODY_CHARACTERS) {
            return body;
        }
        int end = MAX_BODY_CHARACTERS - 1;
        return body.substring(0, Character.isHighSurrogate(body.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private static void addFields(OtlpLogRecord log, Map<String, OtlpValue> members) {
        if (log.severityNumber != 0) {
            members.put("severity_number", new OtlpValue.Int(log.severityNumber));
        }
        if (!log.severityText.isEmpty()) {
            members.put("severity_text", new OtlpValue.Text(log.severityText));
        }
        if (!log.body.equals(OtlpValue.Empty.VALUE)) {
            members.put("body", log.body);
        }
        if (log.droppedAttributes != 0) {
            members.put("dropped_attributes_count", new OtlpValue.Int(log.droppedAttributes));
        }
    }
}
