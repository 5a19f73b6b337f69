package zipkin.ee.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.v1.V1Span;

/**
 * Finds why zipkin2 refuses a JSON list, and where, by reading it again up to the first value that
 * violates a rule of zipkin2. Used by one thread.
 */
@SuppressWarnings("deprecation") // zipkin2 has its rules of v1 there
final class JsonFaults {
    private final boolean v1;
    private final JsonFaultParser json;
    private int span = Fault.LIST;
    private String field = "";

    private JsonFaults(byte[] body, boolean v1) throws IOException {
        this.v1 = v1;
        this.json = new JsonFaultParser(body);
    }

    /** Returns null if no reason is found. */
    static @Nullable Fault find(byte[] body, boolean v1) {
        try {
            JsonFaults faults = new JsonFaults(body, v1);
            return faults.find();
        } catch (IOException e) {
            return null;
        }
    }

    private @Nullable Fault find() throws IOException {
        try {
            list();
            return null;
        } catch (JsonFaultParser.Broken e) {
            return new Fault(span, field.isEmpty() ? null : field, e.problem(), e.value());
        } catch (JsonEOFException e) {
            return new Fault(span, json.path(), "is cut off: the message ends there", null);
        } catch (JsonProcessingException e) {
            int at = json.offset(e);
            return new Fault(span, json.path(), "is not JSON at byte " + at, json.excerpt(at));
        }
    }

    private void list() throws IOException {
        json.next();
        json.require(JsonToken.START_ARRAY, "is not a list");
        for (span = 0; json.next() != JsonToken.END_ARRAY; span++) {
            span();
            field = "";
        }
    }

    private void span() throws IOException {
        json.require(JsonToken.START_OBJECT, "is not an object");
        V1Span.Builder v1Span = V1Span.newBuilder();
        Span.Builder v2Span = Span.newBuilder();
        boolean hasTraceId = false;
        boolean hasId = false;
        while (json.next() != JsonToken.END_OBJECT) {
            field = json.name();
            boolean isNull = json.next() == JsonToken.VALUE_NULL;
            switch (field) {
                case "traceId" -> {
                    id(v1 ? v1Span::traceId : v2Span::traceId, 32);
                    hasTraceId = true;
                }
                case "id" -> {
                    id(v1 ? v1Span::id : v2Span::id, 16);
                    hasId = true;
                }
                default -> {
                    if (!isNull) {
                        optionalMember(v1 ? v1Span::parentId : v2Span::parentId);
                    }
                }
            }
        }
        requireId(hasTraceId && !(v1 && v1Span.traceId() == 0), "traceId");
        requireId(hasId && !(v1 && v1Span.id() == 0), "id");
    }

    private void requireId(boolean hasIt, String name) {
        if (!hasIt) {
            field = name;
            throw json.broken("is missing" + (v1 ? " or 0" : ""), false);
        }
    }

    private void id(Consumer<String> builder, int maxDigits) throws IOException {
        String id = json.text();
        try {
            builder.accept(id);
        } catch (RuntimeException e) {
            boolean zeros = id.matches("0{1,32}");
            throw json.broken(
                    "is not 1 to " + maxDigits + " lower-case hex digits" + (zeros ? " other than 0" : ""), true);
        }
    }

    private void optionalMember(Consumer<String> parentId) throws IOException {
        switch (field) {
            case "parentId" -> id(parentId, 16);
            case "name" -> json.text();
            case "timestamp", "duration" -> json.wholeNumber();
            case "debug" -> json.bool();
            case "annotations" -> entries(false);
            default -> {
                if (v1 && field.equals("binaryAnnotations")) {
                    entries(true);
                } else if (v1) {
                    json.skip();
                } else {
                    memberOfV2();
                }
            }
        }
    }

    private void memberOfV2() throws IOException {
        switch (field) {
            case "kind" -> kind();
            case "shared" -> json.bool();
            case "tags" -> tags();
            case "localEndpoint", "remoteEndpoint" -> endpoint();
            default -> json.skip();
        }
    }

    private void kind() throws IOException {
        String kind = json.text();
        for (Span.Kind known : Span.Kind.values()) {
            if (known.name().equals(kind)) {
                return;
            }
        }
        throw json.broken("is not CLIENT, SERVER, PRODUCER or CONSUMER", true);
    }

    private void tags() throws IOException {
        json.require(JsonToken.START_OBJECT, "is not an object");
        while (json.next() != JsonToken.END_OBJECT) {
            field = "tags." + json.name();
            json.next();
            json.text();
        }
        field = "tags";
    }

    private void endpoint() throws IOException {
        String path = field;
        json.require(JsonToken.START_OBJECT, "is not an object");
        while (json.next() != JsonToken.END_OBJECT) {
            String name = json.name();
            field = path + "." + name;
            if (json.next() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (name) {
                case "serviceName", "ipv4", "ipv6" -> json.text();
                case "port" -> port();
                default -> json.skip();
            }
        }
        field = path;
    }

    private void port() throws IOException {
        int port = json.smallNumber();
        try {
            Endpoint.newBuilder().port(port);
        } catch (IllegalArgumentException e) {
            throw json.broken("is not a port", true);
        }
    }

    private void entries(boolean binary) throws IOException {
        String path = field;
        json.require(JsonToken.START_ARRAY, "is not a list");
        for (int i = 0; json.next() != JsonToken.END_ARRAY; i++) {
            field = path + "[" + i + "]";
            json.require(JsonToken.START_OBJECT, "is not an object");
            if (binary) {
                binaryAnnotation(field);
            } else {
                annotation(field);
            }
        }
        field = path;
    }

    private void annotation(String path) throws IOException {
        boolean hasTimestamp = false;
        boolean hasValue = false;
        while (json.next() != JsonToken.END_OBJECT) {
            String name = json.name();
            field = path + "." + name;
            boolean isNull = json.next() == JsonToken.VALUE_NULL;
            if (name.equals("timestamp")) {
                json.wholeNumber();
                hasTimestamp = true;
            } else if (name.equals("value")) {
                json.text();
                hasValue = true;
            } else if (v1 && name.equals("endpoint") && !isNull) {
                endpoint();
            } else {
                json.skip();
            }
        }
        field = path + (hasTimestamp ? ".value" : ".timestamp");
        if (!hasTimestamp || !hasValue) {
            throw json.broken("is missing", false);
        }
    }

    private void binaryAnnotation(String path) throws IOException {
        boolean hasKey = false;
        while (json.next() != JsonToken.END_OBJECT) {
            String name = json.name();
            field = path + "." + name;
            if (json.next() == JsonToken.VALUE_NULL) {
                continue;
            }
            if (name.equals("key")) {
                json.text();
                hasKey = true;
            } else if (name.equals("endpoint")) {
                endpoint();
            } else {
                json.skip();
            }
        }
        field = path + ".key";
        if (!hasKey) {
            throw json.broken("is missing", false);
        }
    }
}
