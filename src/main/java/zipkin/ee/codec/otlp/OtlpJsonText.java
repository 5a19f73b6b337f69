package zipkin.ee.codec.otlp;

import java.util.Map;

/** Writes compact JSON. Quotes, backslashes and control characters are escaped, nothing else. */
final class OtlpJsonText {
    private OtlpJsonText() {}

    static void appendQuoted(StringBuilder json, String text) {
        json.append('"');
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                continue;
            }
            json.append(text, start, i).append('\\');
            start = i + 1;
            switch (c) {
                case '"', '\\' -> json.append(c);
                case '\n' -> json.append('n');
                case '\r' -> json.append('r');
                case '\t' -> json.append('t');
                case '\b' -> json.append('b');
                case '\f' -> json.append('f');
                default -> json.append("u00").append(c < 16 ? '0' : '1').append(Character.forDigit(c & 15, 16));
            }
        }
        json.append(text, start, text.length()).append('"');
    }

    static void appendObject(StringBuilder json, Map<String, OtlpValue> members) {
        json.append('{');
        boolean first = true;
        for (Map.Entry<String, OtlpValue> member : members.entrySet()) {
            if (!first) {
                json.append(',');
            }
            first = false;
            appendQuoted(json, member.getKey());
            json.append(':');
            member.getValue().appendTo(json);
        }
        json.append('}');
    }

    /**
     * The text of an annotation: the name alone, or the quoted name, a colon and an object when
     * there are members.
     */
    static String event(String name, Map<String, OtlpValue> members) {
        if (members.isEmpty()) {
            return name;
        }
        StringBuilder json = new StringBuilder();
        appendQuoted(json, name);
        appendObject(json.append(':'), members);
        return json.toString();
    }
}
