package zipkin.ee.codec.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.text.LogText;

/**
 * Reads OTLP requests in JSON. Of equal field names the last wins. A resource and a scope may
 * follow what they belong to, so all of a resource is read before the first of its items is passed
 * on. For one message and thread.
 */
final class OtlpJson {
    /** Heap bytes of the intermediate form, at most; its texts are also those of the result. */
    private static final int ITEM_BYTES = 320;

    private static final int ENTRY_BYTES = 160;
    private static final int MAX_REASON = 200;

    private final byte[] body;
    private final OtlpLimits limits;
    private final OtlpHeap heap;

    OtlpJson(byte[] body, OtlpLimits limits, OtlpHeap heap) {
        this.body = body;
        this.limits = limits;
        this.heap = heap;
    }

    void readTraces(OtlpItems<OtlpSpan> spans) {
        read(new Names("resourceSpans", "scopeSpans", "spans"), OtlpJsonItems::span, spans);
    }

    void readLogs(OtlpItems<OtlpLogRecord> records) {
        read(new Names("resourceLogs", "scopeLogs", "logRecords"), OtlpJsonItems::logRecord, records);
    }

    /** Names of the three nested arrays of a request. */
    private record Names(String resources, String scopes, String items) {}

    @FunctionalInterface
    private interface ItemReader<T> {
        T read(OtlpJsonItems in) throws IOException;
    }

    private <T> void read(Names names, ItemReader<T> reader, OtlpItems<T> items) {
        String problem;
        long position = 0;
        try {
            JsonFields in = new JsonFields(body);
            try {
                new Request<>(in, names, reader, items).read();
                return;
            } catch (OtlpProblem e) {
                problem = String.valueOf(e.getMessage());
                position = in.position();
            }
        } catch (JsonProcessingException e) {
            problem = problem(e);
            position = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
        } catch (IOException e) {
            problem = "Malformed: " + LogText.line(String.valueOf(e.getMessage()), MAX_REASON);
        }
        throw new MalformedSpansException(
                problem + " at character " + Math.max(0, position) + " reading OTLP from JSON");
    }

    private static String problem(JsonProcessingException e) {
        // Jackson names its own methods after the comma.
        String reason = e.getOriginalMessage().replaceFirst(", from `.*", ")");
        return (e instanceof StreamConstraintsException ? "Refused: " : "Malformed: ")
                + LogText.line(reason, MAX_REASON);
    }

    /** The items of one scope, until the resource is known. */
    private record Scoped<T>(OtlpScope scope, int index, List<T> items) {}

    /** A walk over the three nested arrays. */
    private final class Request<T> {
        private final JsonFields in;
        private final OtlpJsonItems reader;
        private final Names names;
        private final ItemReader<T> itemReader;
        private final OtlpItems<T> target;

        Request(JsonFields in, Names names, ItemReader<T> itemReader, OtlpItems<T> target) {
            this.in = in;
            this.reader = new OtlpJsonItems(in, limits);
            this.names = names;
            this.itemReader = itemReader;
            this.target = target;
        }

        void read() throws IOException {
            in.begin();
            in.beginObject();
            for (String name = in.nextField(); name != null; name = in.nextField()) {
                if (!name.equals(names.resources)) {
                    in.skip();
                    continue;
                }
                target.restart();
                in.beginArray();
                for (int index = 0; in.nextElement(); index++) {
                    if (!in.isNull()) {
                        resourceGroup(index);
                    }
                }
            }
            in.expectEnd();
        }

        private void resourceGroup(int resourceIndex) throws IOException {
            OtlpResource resource = new OtlpResource();
            List<Scoped<T>> scopes = List.of();
            in.beginObject();
            for (String name = in.nextField(); name != null; name = in.nextField()) {
                if (name.equals("resource")) {
                    resource = reader.resource();
                } else if (name.equals(names.scopes)) {
                    scopes = scopes();
                } else {
                    in.skip();
                }
            }
            for (Scoped<T> scoped : scopes) {
                OtlpItems.Group group = new OtlpItems.Group(resource, scoped.scope, resourceIndex, scoped.index);
                for (int i = 0; i < scoped.items.size(); i++) {
                    target.add(group, i, scoped.items.get(i));
                }
            }
            heap.release();
        }

        private List<Scoped<T>> scopes() throws IOException {
            List<Scoped<T>> scopes = new ArrayList<>();
            in.beginArray();
            for (int index = 0; in.nextElement(); index++) {
                Scoped<T> scoped = in.isNull() ? null : scoped(index);
                if (scoped != null && !scoped.items.isEmpty()) {
                    scopes.add(scoped);
                }
            }
            return scopes;
        }

        private Scoped<T> scoped(int index) throws IOException {
            OtlpScope scope = new OtlpScope();
            List<T> items = List.of();
            in.beginObject();
            for (String name = in.nextField(); name != null; name = in.nextField()) {
                if (name.equals("scope")) {
                    scope = reader.scope();
                } else if (name.equals(names.items)) {
                    items = items();
                } else {
                    in.skip();
                }
            }
            return new Scoped<>(scope, index, items);
        }

        private List<T> items() throws IOException {
            List<T> items = new ArrayList<>();
            in.beginArray();
            while (in.nextElement()) {
                if (in.isNull()) {
                    continue;
                }
                limits.item();
                long before = limits.entries();
                items.add(itemReader.read(reader));
                heap.hold(ITEM_BYTES + ENTRY_BYTES * (limits.entries() - before));
            }
            return items;
        }
    }
}
