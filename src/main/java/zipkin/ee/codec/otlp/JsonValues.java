package zipkin.ee.codec.otlp;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads attributes and values from JSON. For one message and thread. */
final class JsonValues {
    private final JsonFields in;
    private final OtlpLimits limits;

    JsonValues(JsonFields in, OtlpLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** Reads attributes, without those whose key is empty. */
    Map<String, OtlpValue> attributes() throws IOException {
        Map<String, OtlpValue> attributes = new LinkedHashMap<>();
        keyValues(attributes, 0);
        attributes.remove("");
        return attributes;
    }

    private void keyValues(Map<String, OtlpValue> members, int depth) throws IOException {
        in.beginArray();
        while (in.nextElement()) {
            if (in.isNull()) {
                continue;
            }
            limits.entries(1);
            String key = "";
            OtlpValue value = OtlpValue.Empty.VALUE;
            in.beginObject();
            for (String name = in.nextField(); name != null; name = in.nextField()) {
                switch (name) {
                    case "key" -> key = in.text();
                    case "value" -> value = value(depth);
                    default -> in.skip();
                }
            }
            members.put(key, value);
        }
    }

    /**
     * Reads an AnyValue. Of several members the last wins.
     *
     * @param depth levels of arrays and maps around it
     */
    OtlpValue value(int depth) throws IOException {
        OtlpValue value = OtlpValue.Empty.VALUE;
        in.beginObject();
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "stringValue" -> value = new OtlpValue.Text(in.text());
                case "boolValue" -> value = new OtlpValue.Bool(in.bool());
                case "intValue" -> value = new OtlpValue.Int(in.int64());
                case "doubleValue" -> value = new OtlpValue.Decimal(in.decimal());
                case "arrayValue" -> value = array(depth + 1);
                case "kvlistValue" -> value = map(depth + 1);
                case "bytesValue" -> value = OtlpValue.Bytes.of(in.bytes());
                default -> in.skip();
            }
        }
        return value;
    }

    private OtlpValue array(int depth) throws IOException {
        OtlpValue.Array array = new OtlpValue.Array();
        if (!beginValues(depth)) {
            return array;
        }
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            if (!name.equals("values")) {
                in.skip();
                continue;
            }
            array.values().clear();
            in.beginArray();
            while (in.nextElement()) {
                limits.entries(1);
                array.values().add(in.isNull() ? OtlpValue.Empty.VALUE : value(depth));
            }
        }
        return array;
    }

    private OtlpValue map(int depth) throws IOException {
        OtlpValue.KeyValues map = new OtlpValue.KeyValues();
        if (!beginValues(depth)) {
            return map;
        }
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            if (name.equals("values")) {
                map.members().clear();
                keyValues(map.members(), depth);
            } else {
                in.skip();
            }
        }
        return map;
    }

    /** Begins the object that holds an array or a map, unless it is too deep. */
    private boolean beginValues(int depth) throws IOException {
        if (!limits.allowsDepth(depth)) {
            in.skip();
            return false;
        }
        in.beginObject();
        return true;
    }
}
