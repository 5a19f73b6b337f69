package zipkin.ee.codec.otlp;

import java.util.Map;

/** Reads attributes and values from protobuf. For one message and thread. */
final class ProtobufValues {
    private final ProtobufCursor in;
    private final OtlpLimits limits;

    ProtobufValues(ProtobufCursor in, OtlpLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** Reads an attribute, unless its key is empty. */
    void attribute(Map<String, OtlpValue> attributes) {
        keyValue(attributes, 0);
        attributes.remove("");
    }

    private void keyValue(Map<String, OtlpValue> members, int depth) {
        limits.entries(1);
        String key = "";
        OtlpValue value = OtlpValue.Empty.VALUE;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = in.text();
                case 2 -> value = value(value, depth);
                default -> in.skip();
            }
        }
        in.leave(outer);
        members.put(key, value);
    }

    /**
     * Reads an AnyValue. Of several members the last wins; arrays or maps that follow each other
     * are merged, as protobuf demands for messages.
     *
     * @param before what the same field had before
     * @param depth levels of arrays and maps around it
     */
    OtlpValue value(OtlpValue before, int depth) {
        OtlpValue value = before;
        int outer = in.enter();
        while (in.next()) {
            value = member(value, depth);
        }
        in.leave(outer);
        return value;
    }

    /** Reads the current field of an AnyValue; returns {@code before} if it is an unknown one. */
    OtlpValue member(OtlpValue before, int depth) {
        return switch (in.field()) {
            case 1 -> new OtlpValue.Text(in.text());
            case 2 -> new OtlpValue.Bool(in.varint() != 0);
            case 3 -> new OtlpValue.Int(in.varint());
            case 4 -> new OtlpValue.Decimal(Double.longBitsToDouble(in.fixed64()));
            case 5 -> array(before instanceof OtlpValue.Array a ? a : new OtlpValue.Array(), depth + 1);
            case 6 -> map(before instanceof OtlpValue.KeyValues m ? m : new OtlpValue.KeyValues(), depth + 1);
            case 7 -> OtlpValue.Bytes.of(in.bytes());
            default -> {
                in.skip();
                yield before;
            }
        };
    }

    private OtlpValue array(OtlpValue.Array array, int depth) {
        if (!limits.allowsDepth(depth)) {
            in.skip();
            return array;
        }
        int outer = in.enter();
        while (in.next()) {
            if (in.field() == 1) {
                limits.entries(1);
                array.values().add(value(OtlpValue.Empty.VALUE, depth));
            } else {
                in.skip();
            }
        }
        in.leave(outer);
        return array;
    }

    private OtlpValue map(OtlpValue.KeyValues map, int depth) {
        if (!limits.allowsDepth(depth)) {
            in.skip();
            return map;
        }
        int outer = in.enter();
        while (in.next()) {
            if (in.field() == 1) {
                keyValue(map.members(), depth);
            } else {
                in.skip();
            }
        }
        in.leave(outer);
        return map;
    }
}
