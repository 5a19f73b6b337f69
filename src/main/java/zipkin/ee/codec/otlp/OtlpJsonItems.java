package zipkin.ee.codec.otlp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads resources, scopes, spans and log records from JSON. For one message and thread. */
final class OtlpJsonItems {
    private static final String[] KINDS = {
        "SPAN_KIND_UNSPECIFIED",
        "SPAN_KIND_INTERNAL",
        "SPAN_KIND_SERVER",
        "SPAN_KIND_CLIENT",
        "SPAN_KIND_PRODUCER",
        "SPAN_KIND_CONSUMER"
    };
    private static final String[] STATUS_CODES = {"STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"};
    private static final String[] SEVERITIES = severities();

    private final JsonFields in;
    private final JsonValues values;
    private final OtlpLimits limits;

    OtlpJsonItems(JsonFields in, OtlpLimits limits) {
        this.in = in;
        this.values = new JsonValues(in, limits);
        this.limits = limits;
    }

    private static String[] severities() {
        List<String> names = new ArrayList<>(List.of("SEVERITY_NUMBER_UNSPECIFIED"));
        for (String level : List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")) {
            for (String step : List.of("", "2", "3", "4")) {
                names.add("SEVERITY_NUMBER_" + level + step);
            }
        }
        return names.toArray(String[]::new);
    }

    OtlpResource resource() throws IOException {
        OtlpResource resource = new OtlpResource();
        in.beginObject();
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "attributes" -> resource.attributes = values.attributes();
                default -> in.skip();
            }
        }
        limits.expectNotTooDeep();
        return resource;
    }

    OtlpScope scope() throws IOException {
        OtlpScope scope = new OtlpScope();
        in.beginObject();
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "name" -> scope.name = in.text();
                case "version" -> scope.version = in.text();
                case "attributes" -> scope.attributes = values.attributes();
                default -> in.skip();
            }
        }
        limits.expectNotTooDeep();
        return scope;
    }

    OtlpSpan span() throws IOException {
        OtlpSpan span = new OtlpSpan();
        in.beginObject();
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "traceId" -> span.traceId = in.id();
                case "spanId" -> span.id = in.id();
                case "traceState" -> span.traceState = in.text();
                case "parentSpanId" -> span.parentId = in.id();
                case "name" -> span.name = in.text();
                case "kind" -> span.kind = in.enumValue(KINDS);
                case "startTimeUnixNano" -> span.startNanos = in.uint64();
                case "endTimeUnixNano" -> span.endNanos = in.uint64();
                case "attributes" -> span.attributes = values.attributes();
                case "droppedAttributesCount" -> span.droppedAttributes = in.uint32();
                case "events" -> span.events = list(this::event);
                case "droppedEventsCount" -> span.droppedEvents = in.uint32();
                case "links" -> span.links = list(this::link);
                case "droppedLinksCount" -> span.droppedLinks = in.uint32();
                case "status" -> status(span);
                default -> in.skip();
            }
        }
        span.tooDeep = limits.takeTooDeep();
        return span;
    }

    private OtlpSpan.Event event() throws IOException {
        OtlpSpan.Event event = new OtlpSpan.Event();
        in.beginObject();
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "timeUnixNano" -> event.timeNanos = in.uint64();
                case "name" -> event.name = in.text();
                case "attributes" -> event.attributes = values.attributes();
                case "droppedAttributesCount" -> event.droppedAttributes = in.uint32();
                default -> in.skip();
            }
        }
        return event;
    }

    private OtlpSpan.Link link() throws IOException {
        OtlpSpan.Link link = new OtlpSpan.Link();
        in.beginObject();
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "traceId" -> link.traceId = in.id();
                case "spanId" -> link.id = in.id();
                case "traceState" -> link.traceState = in.text();
                case "attributes" -> link.attributes = values.attributes();
                case "droppedAttributesCount" -> link.droppedAttributes = in.uint32();
                default -> in.skip();
            }
        }
        return link;
    }

    private void status(OtlpSpan span) throws IOException {
        span.statusCode = 0;
        span.statusMessage = "";
        in.beginObject();
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "message" -> span.statusMessage = in.text();
                case "code" -> span.statusCode = in.enumValue(STATUS_CODES);
                default -> in.skip();
            }
        }
    }

    OtlpLogRecord logRecord() throws IOException {
        OtlpLogRecord log = new OtlpLogRecord();
        in.beginObject();
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "timeUnixNano" -> log.timeNanos = in.uint64();
                case "observedTimeUnixNano" -> log.observedTimeNanos = in.uint64();
                case "severityNumber" -> log.severityNumber = in.enumValue(SEVERITIES);
                case "severityText" -> log.severityText = in.text();
                case "body" -> log.body = values.value(0);
                case "attributes" -> log.attributes = values.attributes();
                case "droppedAttributesCount" -> log.droppedAttributes = in.uint32();
                case "traceId" -> log.traceId = in.id();
                case "spanId" -> log.spanId = in.id();
                case "eventName" -> log.eventName = in.text();
                default -> in.skip();
            }
        }
        log.tooDeep = limits.takeTooDeep();
        return log;
    }

    @FunctionalInterface
    private interface Element<T> {
        T read() throws IOException;
    }

    private <T> List<T> list(Element<T> element) throws IOException {
        List<T> list = new ArrayList<>();
        in.beginArray();
        while (in.nextElement()) {
            if (!in.isNull()) {
                limits.entries(1);
                list.add(element.read());
            }
        }
        return list;
    }
}
