package zipkin.ee.differential;

import static zipkin.ee.differential.IntakeCases.V2;

import java.util.ArrayList;
import java.util.List;

/** Every member of a v2 JSON span with good and bad values; each accepted one is read back. */
final class JsonCases {
    private final List<Case> cases = new ArrayList<>();
    private int nextTrace = 0x100;

    private JsonCases() {}

    static List<Case> all() {
        JsonCases source = new JsonCases();
        source.ids();
        source.namesAndKinds();
        source.times();
        source.endpoints();
        source.annotations();
        source.tags();
        source.flags();
        source.syntax();
        return source.cases;
    }

    private void ids() {
        for (String id : List.of(
                "\"1\"",
                "\"0000000000000001\"",
                "\"00000000000000000000000000000abc\"",
                "\"463ac35c9f6413ad48485a3953bb6124\"",
                "\"48485a3953bb6124\"",
                "\"463ac35c9f6413ad0000000000000000\"",
                "\"0\"",
                "\"0000000000000000\"",
                "\"00000000000000000000000000000000\"",
                "\"\"",
                "\" \"",
                "\" 1\"",
                "\"463AC35C9F6413AD\"",
                "\"xyz\"",
                "\"0x1\"",
                "\"12345678901234567\"",
                "\"123456789012345678901234567890123\"",
                "null",
                "12",
                "-1",
                "true",
                "{}",
                "[]",
                "1.5")) {
            String found = id.matches("\"?[0-9a-f]{1,32}\"?") ? id.replace("\"", "") : "dead";
            whole("traceId " + id, "[{\"traceId\":" + id + ",\"id\":\"1\",\"tags\":{}}]", found);
        }
        for (String id : List.of(
                "\"1\"",
                "\"00000000000000ab\"",
                "\"0\"",
                "\"0000000000000000\"",
                "\"\"",
                "\"AB\"",
                "\"g\"",
                "\"11111111111111111\"",
                "\"00000000000000001\"",
                "null",
                "7",
                "{}")) {
            String trace = next();
            whole("id " + id, "[{\"traceId\":\"" + trace + "\",\"id\":" + id + ",\"tags\":{}}]", trace);
            field("parentId " + id, "\"parentId\":" + id);
        }
        String trace = next();
        whole("no id", "[{\"traceId\":\"" + trace + "\",\"tags\":{}}]", trace);
        whole("no traceId", "[{\"id\":\"1\",\"tags\":{}}]", "dead");
        whole("neither id", "[{\"name\":\"n\",\"tags\":{}}]", "dead");
        field("id twice", "\"id\":\"2\"");
        field("parent equal to the span", "\"parentId\":\"000000000000000a\"");
        String two = next();
        whole(
                "two spans of a trace, the second bad",
                "[{\"traceId\":\"" + two + "\",\"id\":\"1\",\"tags\":{}},{\"traceId\":\"" + two + "\",\"id\":\"\"}]",
                two);
        String three = next();
        whole(
                "the same span twice",
                "[{\"traceId\":\"" + three + "\",\"id\":\"1\",\"tags\":{}},{\"traceId\":\"" + three
                        + "\",\"id\":\"1\"}]",
                three);
    }

    private void namesAndKinds() {
        fields("name", "\"GET /API\"", "\"\"", "\" \"", "null", "1", "1.50", "true", "{}", "[]", "\"İstanbul ÄÖÜ\"");
        fields(
                "kind",
                "\"CLIENT\"",
                "\"SERVER\"",
                "\"PRODUCER\"",
                "\"CONSUMER\"",
                "\"client\"",
                "\"INTERNAL\"",
                "\"\"",
                "null",
                "1",
                "{}");
    }

    private void times() {
        for (String member : List.of("timestamp", "duration")) {
            fields(
                    member,
                    "1",
                    "\"1\"",
                    "0",
                    "-1",
                    "1472470996199000",
                    "1.0",
                    "\"1.0\"",
                    "1e3",
                    "1.5",
                    "\"1.5\"",
                    "null",
                    "true",
                    "\"\"",
                    "\"abc\"",
                    "\" 1\"",
                    "9223372036854775807",
                    "9223372036854775808",
                    "1e400",
                    "01",
                    "+1",
                    "NaN",
                    "{}",
                    "[]");
        }
    }

    private void endpoints() {
        for (String member : List.of("localEndpoint", "remoteEndpoint")) {
            fields(
                    member,
                    "null",
                    "{}",
                    "[]",
                    "\"x\"",
                    "1",
                    "{\"serviceName\":\"Frontend\"}",
                    "{\"serviceName\":\"\"}",
                    "{\"serviceName\":null}",
                    "{\"serviceName\":1}",
                    "{\"serviceName\":true}",
                    "{\"ipv4\":\"127.0.0.1\"}",
                    "{\"ipv4\":\"\"}",
                    "{\"ipv4\":null}",
                    "{\"ipv4\":\"999.1.1.1\"}",
                    "{\"ipv4\":\"localhost\"}",
                    "{\"ipv4\":\"2001:db8::c001\"}",
                    "{\"ipv6\":\"2001:db8::c001\"}",
                    "{\"ipv6\":\"2001:0DB8:0000:0000:0000:0000:0000:C001\"}",
                    "{\"ipv6\":\"::1\"}",
                    "{\"ipv6\":\"::\"}",
                    "{\"ipv6\":\"::ffff:43.0.192.2\"}",
                    "{\"ipv6\":\"::43.0.192.2\"}",
                    "{\"ipv6\":\"127.0.0.1\"}",
                    "{\"ipv6\":\"2001:db8::c001%eth0\"}",
                    "{\"ipv6\":\"rubbish\"}",
                    "{\"ipv4\":\"127.0.0.1\",\"ipv6\":\"2001:db8::c001\",\"port\":80,\"serviceName\":\"a\"}",
                    "{\"port\":80}",
                    "{\"port\":0}",
                    "{\"port\":-1}",
                    "{\"port\":65535}",
                    "{\"port\":65536}",
                    "{\"port\":99999999999}",
                    "{\"port\":\"80\"}",
                    "{\"port\":\"http\"}",
                    "{\"port\":80.0}",
                    "{\"port\":80.5}",
                    "{\"port\":null}",
                    "{\"port\":true}",
                    "{\"serviceName\":\"a\",\"more\":{\"deep\":[1,{\"er\":null}]}}");
        }
    }

    private void annotations() {
        fields(
                "annotations",
                "null",
                "[]",
                "{}",
                "\"x\"",
                "[null]",
                "[{}]",
                "[1]",
                "[{\"timestamp\":1}]",
                "[{\"value\":\"a\"}]",
                "[{\"timestamp\":2,\"value\":\"b\"},{\"timestamp\":1,\"value\":\"c\"}]",
                "[{\"timestamp\":1,\"value\":\"a\"},{\"timestamp\":1,\"value\":\"a\"}]",
                "[{\"timestamp\":1,\"value\":\"b\"},{\"timestamp\":1,\"value\":\"a\"}]",
                "[{\"timestamp\":\"1\",\"value\":\"a\"}]",
                "[{\"timestamp\":0,\"value\":\"a\"}]",
                "[{\"timestamp\":-1,\"value\":\"a\"}]",
                "[{\"timestamp\":1.0,\"value\":\"a\"}]",
                "[{\"timestamp\":null,\"value\":\"a\"}]",
                "[{\"timestamp\":1,\"value\":null}]",
                "[{\"timestamp\":1,\"value\":\"\"}]",
                "[{\"timestamp\":1,\"value\":2}]",
                "[{\"timestamp\":1,\"value\":true}]",
                "[{\"timestamp\":1,\"value\":{}}]",
                "[{\"timestamp\":1,\"value\":\"a\",\"endpoint\":{\"serviceName\":\"x\"}}]");
    }

    private void tags() {
        fields(
                "tags",
                "null",
                "[]",
                "\"x\"",
                "{}",
                "{\"a\":\"b\"}",
                "{\"b\":\"1\",\"a\":\"2\"}",
                "{\"a\":null}",
                "{\"a\":{}}",
                "{\"a\":[]}",
                "{\"a\":{\"b\":\"c\"}}",
                "{\"a\":1}",
                "{\"a\":1.50}",
                "{\"a\":1e3}",
                "{\"a\":true}",
                "{\"a\":\"\"}",
                "{\"\":\"b\"}",
                "{\"a\":\"1\",\"a\":\"2\"}",
                "{\"A\":\"1\",\"a\":\"2\"}",
                "{\"a\" : \"b\" }",
                "{\"error\":\"\"}",
                "{\"a\":\"" + "x".repeat(3000) + "\"}");
    }

    private void flags() {
        for (String member : List.of("debug", "shared")) {
            fields(member, "true", "false", "null", "\"true\"", "1", "{}", "TRUE");
        }
        field("shared on a client", "\"kind\":\"CLIENT\",\"shared\":true");
        field("shared on a server", "\"kind\":\"SERVER\",\"shared\":true");
    }

    private void syntax() {
        field("unknown members", "\"x\":1,\"y\":{\"a\":[{\"b\":[[]]}]},\"z\":null,\"w\":[1,\"2\",true]");
        field("a member twice", "\"name\":\"a\",\"name\":\"b\"");
        field("an endpoint twice", "\"localEndpoint\":{\"serviceName\":\"a\"},\"localEndpoint\":{\"port\":9}");
        for (String text : List.of(
                "caf\u00e9",
                "\\u00e9",
                "\\ud83d\\ude00",
                "\ud83d\ude00",
                "\\ud83d",
                "\\ude00\\ud83d",
                "\\u0000",
                "\\u0001",
                "\\u2028",
                "\u2028",
                "a\\nb\\tc\\rd\\be\\ff",
                "a\nb",
                "a\tb",
                "\\\"",
                "\\\\",
                "\\/",
                "/",
                "<b>&'",
                "\\u12",
                "\\x",
                "\\",
                "\u007f",
                "\u0085")) {
            field(
                    "name of " + text.length() + " characters " + Integer.toHexString(text.hashCode()),
                    "\"name\":\"" + text + "\"");
            field(
                    "tag " + text.length() + " characters " + Integer.toHexString(text.hashCode()),
                    "\"tags\":{\"k\":\"" + text + "\"}");
        }
        field("single quotes", "'name':'x'");
        field("a bare name", "name:\"x\"");
        field("a bare value", "\"name\":x");
        field("a semicolon", "\"name\";\"x\"");
        field("a comment", "/* c */\"name\":\"x\"");
        field("white space everywhere", " \"name\" \n:\t\"x\" \r\n, \"duration\" : 5 ");
        for (String end : List.of("x", "]", ",", "[]", " ", "\n")) {
            String trace = next();
            whole("after the list " + (int) end.charAt(0), span(trace, "\"name\":\"n\"") + end, trace);
        }
        for (String body : List.of("[%s,]", "[,%s]", "[%s %s]", "[%s", "%s]", "[%s}", "[[%s]]")) {
            String trace = next();
            String span = span(trace, "\"name\":\"n\"").substring(1).replaceFirst("]$", "");
            whole("a list like " + body, body.replace("%s", span), trace);
        }
        String invalid = next();
        byte[] body = Bodies.utf8(span(invalid, "\"name\":\"n?\""));
        body[new String(body, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xff;
        cases.addAll(Case.post("json/a byte that is not UTF-8", V2, body).readBack(invalid));
    }

    private void fields(String member, String... values) {
        for (String value : values) {
            String shown = value.length() < 100 ? value : value.length() + " characters";
            field(member + " " + shown, "\"" + member + "\":" + value);
        }
    }

    private void field(String name, String members) {
        String trace = next();
        whole(name, span(trace, members), trace);
    }

    private void whole(String name, String body, String trace) {
        cases.addAll(Case.post("json/" + name, V2, body, "Content-Type: application/json")
                .readBack(trace));
    }

    private String next() {
        return "15" + Integer.toHexString(nextTrace++);
    }

    private static String span(String trace, String members) {
        return "[{\"traceId\":\"" + trace + "\",\"id\":\"a\"," + members + "}]";
    }
}
