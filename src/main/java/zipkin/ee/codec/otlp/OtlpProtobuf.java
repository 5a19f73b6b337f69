package zipkin.ee.codec.otlp;

import zipkin.ee.codec.MalformedSpansException;

/**
 * Reads OTLP requests in protobuf. Fields may come in any order, and a message may come in pieces,
 * which are merged. A resource and a scope are therefore searched for first, over all that they
 * hold, and items are read in a second pass. For one message and thread.
 */
final class OtlpProtobuf {
    private final ProtobufCursor in;
    private final ProtobufValues values;
    private final OtlpLimits limits;

    /** Reads one item, at whose first field the cursor is. */
    @FunctionalInterface
    interface ItemReader {
        /** @param index place of the item in its group, from 0 */
        void read(OtlpItems.Group group, int index);
    }

    OtlpProtobuf(byte[] body, OtlpLimits limits) {
        this(new ProtobufCursor(body), limits);
    }

    OtlpProtobuf(ProtobufCursor in, OtlpLimits limits) {
        this.in = in;
        this.values = new ProtobufValues(in, limits);
        this.limits = limits;
    }

    void readTraces(OtlpItems<OtlpSpan> spans) {
        read((group, index) -> spans.add(group, index, span()));
    }

    void readLogs(OtlpItems<OtlpLogRecord> records) {
        read((group, index) -> records.add(group, index, logRecord()));
    }

    /** Requests for traces and logs have the same shape: field 1, in it 2, in it 2. */
    void read(ItemReader items) {
        try {
            for (int index = 0; in.next(); ) {
                if (in.field() == 1) {
                    int outer = in.enter();
                    resourceGroup(index++, items);
                    in.leave(outer);
                } else {
                    in.skip();
                }
            }
        } catch (OtlpProblem e) {
            throw new MalformedSpansException(
                    e.getMessage() + " at byte " + in.position() + " reading OTLP from protobuf", e);
        }
    }

    private void resourceGroup(int resourceIndex, ItemReader items) {
        int start = in.position();
        OtlpResource resource = resource();
        in.moveTo(start);
        for (int index = 0; in.next(); ) {
            if (in.field() == 2) {
                int outer = in.enter();
                scopeGroup(resource, resourceIndex, index++, items);
                in.leave(outer);
            } else {
                in.skip();
            }
        }
    }

    private void scopeGroup(OtlpResource resource, int resourceIndex, int scopeIndex, ItemReader items) {
        int start = in.position();
        OtlpItems.Group group = new OtlpItems.Group(resource, scope(), resourceIndex, scopeIndex);
        in.moveTo(start);
        for (int index = 0; in.next(); ) {
            if (in.field() == 2) {
                limits.item();
                int outer = in.enter();
                items.read(group, index++);
                in.leave(outer);
            } else {
                in.skip();
            }
        }
    }

    private OtlpResource resource() {
        OtlpResource resource = new OtlpResource();
        while (in.next()) {
            if (in.field() != 1) {
                in.skip();
                continue;
            }
            int outer = in.enter();
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> values.attribute(resource.attributes);
                    default -> in.skip();
                }
            }
            in.leave(outer);
        }
        limits.expectNotTooDeep();
        return resource;
    }

    private OtlpScope scope() {
        OtlpScope scope = new OtlpScope();
        while (in.next()) {
            if (in.field() != 1) {
                in.skip();
                continue;
            }
            int outer = in.enter();
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> scope.name = in.text();
                    case 2 -> scope.version = in.text();
                    case 3 -> values.attribute(scope.attributes);
                    default -> in.skip();
                }
            }
            in.leave(outer);
        }
        limits.expectNotTooDeep();
        return scope;
    }

    private OtlpSpan span() {
        OtlpSpan span = new OtlpSpan();
        while (in.next()) {
            field(span);
        }
        span.tooDeep = limits.takeTooDeep();
        return span;
    }

    /** Reads the current field of a span. */
    void field(OtlpSpan span) {
        switch (in.field()) {
            case 1 -> span.traceId = in.id();
            case 2 -> span.id = in.id();
            case 3 -> span.traceState = in.text();
            case 4 -> span.parentId = in.id();
            case 5 -> span.name = in.text();
            case 6 -> span.kind = (int) in.varint();
            case 7 -> span.startNanos = in.fixed64();
            case 8 -> span.endNanos = in.fixed64();
            case 9 -> values.attribute(span.attributes);
            case 10 -> span.droppedAttributes = in.uint32();
            case 11 -> span.events.add(event());
            case 12 -> span.droppedEvents = in.uint32();
            case 13 -> span.links.add(link());
            case 14 -> span.droppedLinks = in.uint32();
            case 15 -> status(span);
            default -> in.skip();
        }
    }

    private OtlpSpan.Event event() {
        limits.entries(1);
        OtlpSpan.Event event = new OtlpSpan.Event();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> event.timeNanos = in.fixed64();
                case 2 -> event.name = in.text();
                case 3 -> values.attribute(event.attributes);
                case 4 -> event.droppedAttributes = in.uint32();
                default -> in.skip();
            }
        }
        in.leave(outer);
        return event;
    }

    private OtlpSpan.Link link() {
        limits.entries(1);
        OtlpSpan.Link link = new OtlpSpan.Link();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> link.traceId = in.id();
                case 2 -> link.id = in.id();
                case 3 -> link.traceState = in.text();
                case 4 -> values.attribute(link.attributes);
                case 5 -> link.droppedAttributes = in.uint32();
                default -> in.skip();
            }
        }
        in.leave(outer);
        return link;
    }

    private void status(OtlpSpan span) {
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 2 -> span.statusMessage = in.text();
                case 3 -> span.statusCode = (int) in.varint();
                default -> in.skip();
            }
        }
        in.leave(outer);
    }

    private OtlpLogRecord logRecord() {
        OtlpLogRecord log = new OtlpLogRecord();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> log.timeNanos = in.fixed64();
                case 2 -> log.severityNumber = (int) in.varint();
                case 3 -> log.severityText = in.text();
                case 5 -> log.body = values.value(log.body, 0);
                case 6 -> values.attribute(log.attributes);
                case 7 -> log.droppedAttributes = in.uint32();
                case 9 -> log.traceId = in.id();
                case 10 -> log.spanId = in.id();
                case 11 -> log.observedTimeNanos = in.fixed64();
                case 12 -> log.eventName = in.text();
                default -> in.skip();
            }
        }
        log.tooDeep = limits.takeTooDeep();
        return log;
    }
}
