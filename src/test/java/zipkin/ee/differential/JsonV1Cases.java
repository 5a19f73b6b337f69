package zipkin.ee.differential;

import static zipkin.ee.differential.IntakeCases.V1;
import static zipkin.ee.differential.IntakeCases.V2;

import java.util.ArrayList;
import java.util.List;

/**
 * v1 JSON: core annotations, addresses, binary annotations of every type, and how they become v2
 * spans.
 */
final class JsonV1Cases {
    private static final String WEB = "{\"serviceName\":\"Web\",\"ipv4\":\"10.0.0.1\",\"port\":80}";
    private static final String DB = "{\"serviceName\":\"Db\",\"ipv4\":\"10.0.0.2\",\"port\":3306}";

    private final List<Case> cases = new ArrayList<>();
    private int nextTrace = 0x100;

    private JsonV1Cases() {}

    static List<Case> all() {
        JsonV1Cases source = new JsonV1Cases();
        source.coreAnnotations();
        source.addresses();
        source.binaryAnnotations();
        source.members();
        return source.cases;
    }

    private void coreAnnotations() {
        for (String values : List.of(
                "cs",
                "cr",
                "sr",
                "ss",
                "ms",
                "mr",
                "ws",
                "wr",
                "cs cr",
                "sr ss",
                "cs ws wr cr",
                "sr wr ws ss",
                "cs sr ss cr",
                "cs ss",
                "sr cr",
                "cr cs",
                "ms ws",
                "mr wr",
                "ms mr",
                "cs ms",
                "cs custom cr",
                "cs cs cr",
                "custom",
                "Client Send")) {
            field("annotations " + values, annotations(values, WEB));
            String timed = "\"timestamp\":" + Moment.START_MICROS + ",\"duration\":77," + annotations(values, WEB);
            field("timestamp and annotations " + values, timed);
        }
        field(
                "both sides of a call",
                "\"annotations\":[" + annotation(1, "cs", WEB) + "," + annotation(2, "sr", DB) + ","
                        + annotation(3, "ss", DB) + "," + annotation(4, "cr", WEB) + "]");
        field(
                "both sides with their times",
                "\"timestamp\":" + Moment.START_MICROS + ",\"duration\":9,\"annotations\":["
                        + annotation(1, "cs", WEB) + "," + annotation(2, "sr", DB) + "," + annotation(3, "ss", DB) + ","
                        + annotation(4, "cr", WEB)
                        + "]");
        field(
                "both sides of a message",
                "\"annotations\":[" + annotation(1, "ms", WEB) + "," + annotation(2, "mr", DB) + "]");
    }

    private void addresses() {
        for (String key : List.of("sa", "ca", "ma")) {
            String address = binary(key, "true", DB);
            field("address " + key, "\"binaryAnnotations\":[" + address + "]");
            for (String side : List.of("cs", "sr", "ms", "mr", "cs cr", "sr ss")) {
                field(
                        "address " + key + " beside " + side,
                        annotations(side, WEB) + ",\"binaryAnnotations\":[" + address + "]");
            }
            field("address false " + key, "\"binaryAnnotations\":[" + binary(key, "false", DB) + "]");
            field("address text " + key, "\"binaryAnnotations\":[" + binary(key, "\"x\"", DB) + "]");
            field("address without host " + key, "\"binaryAnnotations\":[{\"key\":\"" + key + "\",\"value\":true}]");
            field("address empty host " + key, "\"binaryAnnotations\":[" + binary(key, "true", "{}") + "]");
        }
        field(
                "sa and ca",
                "\"binaryAnnotations\":[" + binary("sa", "true", DB) + "," + binary("ca", "true", WEB) + "]");
        field("lc", "\"binaryAnnotations\":[" + binary("lc", "\"Thing\"", WEB) + "]");
        field("lc empty", "\"binaryAnnotations\":[" + binary("lc", "\"\"", WEB) + "]");
        field("lc beside cs", annotations("cs", WEB) + ",\"binaryAnnotations\":[" + binary("lc", "\"t\"", DB) + "]");
    }

    private void binaryAnnotations() {
        for (String value : List.of("\"b\"", "\"\"", "1", "1.5", "true", "false", "null", "{}", "[]")) {
            field("binary annotation " + value, "\"binaryAnnotations\":[" + binary("a", value, WEB) + "]");
        }
        for (String type : List.of("BOOL", "BYTES", "I16", "I32", "I64", "DOUBLE", "STRING", "x", "")) {
            field(
                    "type " + type,
                    "\"binaryAnnotations\":[{\"key\":\"a\",\"value\":\"1\",\"type\":\"" + type + "\",\"endpoint\":"
                            + WEB + "}]");
        }
        for (String list : List.of(
                "null",
                "[]",
                "{}",
                "[null]",
                "[{}]",
                "[1]",
                "[{\"key\":\"a\"}]",
                "[{\"value\":\"b\"}]",
                "[{\"key\":null,\"value\":\"b\"}]",
                "[{\"key\":\"\",\"value\":\"b\"}]",
                "[{\"key\":\"a\",\"value\":\"b\"}]",
                "[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"a\",\"value\":\"2\"}]")) {
            field("binaryAnnotations " + list, "\"binaryAnnotations\":" + list);
            field("annotations " + list, "\"annotations\":" + list);
        }
        field(
                "binary annotations of two hosts",
                annotations("cs", WEB) + ",\"binaryAnnotations\":[" + binary("a", "\"1\"", WEB) + ","
                        + binary("b", "\"2\"", DB) + "]");
    }

    private void members() {
        for (String members : List.of(
                "\"name\":\"GET\"",
                "\"name\":\"\"",
                "\"name\":null",
                "\"name\":\"unknown\"",
                "\"timestamp\":0",
                "\"timestamp\":\"1\"",
                "\"timestamp\":null",
                "\"timestamp\":1.5",
                "\"duration\":0",
                "\"duration\":-1",
                "\"duration\":\"x\"",
                "\"debug\":true",
                "\"debug\":false",
                "\"debug\":null",
                "\"debug\":1",
                "\"parentId\":\"1\"",
                "\"parentId\":\"a\"",
                "\"parentId\":\"0\"",
                "\"parentId\":null",
                "\"parentId\":\"\"",
                "\"parentId\":\"xyz\"",
                "\"parentId\":\"12345678901234567\"",
                "\"more\":{\"a\":[null]}",
                "\"name\":{}")) {
            field("member " + members, members);
        }
        for (String id : List.of(
                "\"0\"",
                "\"\"",
                "\"XYZ\"",
                "null",
                "\"463ac35c9f6413ad48485a3953bb6124\"",
                "\"1463ac35c9f6413ad48485a3953bb6124\"",
                "5")) {
            String found = id.matches("\"?[0-9a-f]{1,32}\"?") ? id.replace("\"", "") : "dead";
            whole("traceId " + id, "[{\"traceId\":" + id + ",\"id\":\"1\",\"name\":\"n\"}]", found);
            String trace = next();
            whole("id " + id, "[{\"traceId\":\"" + trace + "\",\"id\":" + id + ",\"name\":\"n\"}]", trace);
        }
        for (String host : List.of(
                "null",
                "{}",
                "[]",
                "{\"serviceName\":null}",
                "{\"port\":65536}",
                "{\"port\":\"80\"}",
                "{\"ipv4\":\"x\"}",
                "{\"ipv6\":\"::ffff:1.2.3.4\"}",
                "{\"ipv6\":\"2001:db8::c001\"}",
                "{\"more\":1}")) {
            field("host " + host, annotations("cs", host));
        }
        String v1 = next();
        cases.addAll(Case.post("json-v1/binary annotations to the v2 path", V2, span(v1, "\"binaryAnnotations\":[]"))
                .readBack(v1));
        String tagged = next();
        whole("tags on the v1 path", span(tagged, "\"tags\":{}"), tagged);
        String endpoint = next();
        whole("localEndpoint on the v1 path", span(endpoint, "\"localEndpoint\":{}"), endpoint);
    }

    private static String annotations(String values, String host) {
        StringBuilder list = new StringBuilder("\"annotations\":[");
        int second = 0;
        for (String value : values.equals("Client Send") ? List.of(values) : List.of(values.split(" ", -1))) {
            list.append(second == 0 ? "" : ",").append(annotation(++second, value, host));
        }
        return list.append(']').toString();
    }

    private static String annotation(int second, String value, String host) {
        return "{\"timestamp\":" + Moment.micros(second) + ",\"value\":\"" + value + "\",\"endpoint\":" + host + "}";
    }

    private static String binary(String key, String value, String host) {
        return "{\"key\":\"" + key + "\",\"value\":" + value + ",\"endpoint\":" + host + "}";
    }

    private void field(String name, String members) {
        String trace = next();
        whole(name, span(trace, members), trace);
    }

    private void whole(String name, String body, String trace) {
        cases.addAll(Case.post("json-v1/" + name, V1, body, "Content-Type: application/json")
                .readBack(trace));
    }

    private String next() {
        return "11" + Integer.toHexString(nextTrace++);
    }

    private static String span(String trace, String members) {
        return "[{\"traceId\":\"" + trace + "\",\"id\":\"a\"," + members + "}]";
    }
}
