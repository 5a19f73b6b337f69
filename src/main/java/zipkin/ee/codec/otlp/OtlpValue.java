package zipkin.ee.codec.otlp;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An AnyValue. Its text follows "AnyValue representation for non-OTLP protocols" of the
 * OpenTelemetry specification: as it is in a tag, JSON within an array or a map.
 */
sealed interface OtlpValue {
    /** The text as a tag. */
    String text();

    /** Appends the value as JSON. */
    default void appendTo(StringBuilder json) {
        json.append(text());
    }

    enum Empty implements OtlpValue {
        VALUE;

        @Override
        public String text() {
            return "";
        }

        @Override
        public void appendTo(StringBuilder json) {
            json.append("null");
        }
    }

    record Text(String text) implements OtlpValue {
        @Override
        public void appendTo(StringBuilder json) {
            OtlpJsonText.appendQuoted(json, text);
        }
    }

    record Bool(boolean value) implements OtlpValue {
        @Override
        public String text() {
            return Boolean.toString(value);
        }
    }

    record Int(long value) implements OtlpValue {
        @Override
        public String text() {
            return Long.toString(value);
        }
    }

    record Decimal(double value) implements OtlpValue {
        @Override
        public String text() {
            return Double.toString(value);
        }

        @Override
        public void appendTo(StringBuilder json) {
            if (Double.isFinite(value)) {
                json.append(value);
            } else {
                json.append('"').append(value).append('"');
            }
        }
    }

    /** @param text padded standard Base64 */
    record Bytes(String text) implements OtlpValue {
        static Bytes of(byte[] bytes) {
            return new Bytes(Base64.getEncoder().encodeToString(bytes));
        }

        @Override
        public void appendTo(StringBuilder json) {
            json.append('"').append(text).append('"');
        }
    }

    /** @param values grows while it is read */
    record Array(List<OtlpValue> values) implements OtlpValue {
        Array() {
            this(new ArrayList<>());
        }

        @Override
        public String text() {
            StringBuilder json = new StringBuilder();
            appendTo(json);
            return json.toString();
        }

        @Override
        public void appendTo(StringBuilder json) {
            json.append('[');
            for (int i = 0; i < values.size(); i++) {
                if (i > 0) {
                    json.append(',');
                }
                values.get(i).appendTo(json);
            }
            json.append(']');
        }
    }

    /** @param members grows while it is read; of equal keys the last wins */
    record KeyValues(Map<String, OtlpValue> members) implements OtlpValue {
        KeyValues() {
            this(new LinkedHashMap<>());
        }

        @Override
        public String text() {
            StringBuilder json = new StringBuilder();
            appendTo(json);
            return json.toString();
        }

        @Override
        public void appendTo(StringBuilder json) {
            OtlpJsonText.appendObject(json, members);
        }
    }
}
