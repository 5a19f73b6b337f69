package zipkin.ee.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * Every difference that is meant. Each id has its row in {@code docs/compatibility.md}, with the
 * reason at more length; an entry that no answer needed in a run fails that run.
 */
final class Deviations {
    private static final String ANY = ".*";
    private static final String ABSENT = "\\(absent\\)";

    private Deviations() {}

    static List<Deviation> all() {
        return List.of(
                // errors and headers
                of(
                        "error-type",
                        ANY,
                        "content-type",
                        "text/\\*",
                        "text/plain;charset=utf-8",
                        "text/* is a range, not a media type"),
                of(
                        "vary-always",
                        ANY,
                        "vary",
                        ABSENT,
                        "accept-encoding",
                        "a cache must know that the answer depends on it"),
                of(
                        "codings",
                        "(ui|compression)/.* as '?(deflate|br|\\*|br, gzip|gzip, deflate, br)'?",
                        "content-encoding|vary",
                        "br|deflate|accept-encoding",
                        "gzip|" + ABSENT,
                        "gzip is the coding that every client takes"),
                of(
                        "coding-case",
                        "compression/.* as 'GZIP'",
                        "content-encoding",
                        ABSENT,
                        "gzip",
                        "names of codings are case-insensitive"),
                of(
                        "info-untagged",
                        ".*info.*",
                        "etag|last-modified|status",
                        "present|304",
                        ABSENT + "|200",
                        "60 bytes are not worth a condition"),
                of(
                        "vary-origin",
                        ANY,
                        "vary",
                        ABSENT + "|accept-encoding",
                        "(accept-encoding,)?origin",
                        "a cache must not give an answer without Access-Control-Allow-Origin to an allowed origin"),
                of(
                        "asked-headers",
                        "cors/preflight of .*",
                        "access-control-allow-headers",
                        "content-type,x-grpc-web",
                        "(authorization|b3|content-type|traceparent|x-grpc-web|x-own|,)+",
                        "browsers send tokens and trace contexts"),
                of(
                        "asked-headers",
                        "cors/preflight of .*",
                        "vary",
                        ABSENT + "|origin",
                        "access-control-request-headers(,origin)?",
                        "the answer depends on what is asked for"),
                // methods
                of(
                        "head-as-get",
                        ".*/HEAD .*",
                        "status",
                        "40[45]",
                        "200|400",
                        "HEAD is GET without the body (RFC 9110)"),
                of(
                        "head-as-get",
                        ".*/HEAD .*",
                        "content-type|cache-control",
                        ".*",
                        ".*",
                        "HEAD is GET without the body (RFC 9110)"),
                of(
                        "trace-method",
                        "routing/TRACE .*",
                        "body|content-type",
                        "405.*|text/plain;charset=utf-8",
                        ABSENT + "|",
                        "the application server refuses TRACE"),
                of(
                        "unknown-methods",
                        "routing/(FOO|CONNECT|get|PROPFIND) .*",
                        "status|body|content-type|cache-control",
                        ANY,
                        ANY,
                        "the application server lets unknown methods through"),
                of(
                        "wrong-method",
                        "routing/(POST|PUT|DELETE|PATCH|OPTIONS) /(info|prometheus)",
                        "status|body|content-type",
                        "200|405.*|text/plain.*|",
                        "404.*|text/plain;charset=utf-8",
                        "one answer to wrong methods"),
                // request targets
                of(
                        "malformed-target",
                        ANY,
                        "body",
                        "Status: 400\\nDescription: Invalid request path\\n",
                        ANY,
                        "the application server reads the request line"),
                of(
                        "malformed-target",
                        "(query|routing)/.*(%00|\\.\\.|%2e%2e|%zz|%).*",
                        "status|content-type",
                        "400|text/plain;charset=utf-8",
                        "200|404|" + ABSENT + "|application/json",
                        "the application server reads the request line"),
                of(
                        "malformed-target",
                        "query/.*(\u00e9).*",
                        "body",
                        ".*\u00c3\u00a9.*",
                        ".*\u00e9.*",
                        "bytes that are UTF-8 are read so"),
                of(
                        "encoded-path",
                        "routing/GET /api/v2/serv%69ces",
                        ANY,
                        ANY,
                        ANY,
                        "paths are compared as they are sent"),
                of(
                        "trace-slash",
                        "query/.*trace/a03/x .*",
                        "status|body|content-type",
                        ANY,
                        "400|.*lower-hex.*|text/plain;charset=utf-8",
                        "a slash is part of a malformed id, sent plain or encoded"),
                of(
                        "redirect-query",
                        "ui/GET /zipkin\\?a=b&c=%20d",
                        "location",
                        ".*\\+d",
                        ".*%20d",
                        "the query is passed on as it was sent"),
                of("static-folder", "ui/GET /zipkin/static(/js)?", ANY, ANY, ANY, "a folder is not a file"),
                of(
                        "container-pages",
                        "routing/GET .*(WEB|META)-INF.*",
                        "body|content-type",
                        "404 Not Found|text/plain;charset=utf-8",
                        ".*404.*|text/html.*",
                        "the application server guards these folders"),
                of(
                        "container-pages",
                        "routing/GET .*(WEB|META)-INF.*",
                        "retry-after",
                        ABSENT,
                        "5",
                        "the application server's own answers have it, for while Zipkin is not there"),
                of("actuator", "operations/actuator .*", ANY, ANY, ANY, "Spring's endpoints have no meaning here"),
                // bodies
                of(
                        "content-coding-case",
                        "encoding/upper-case GZIP.*",
                        ANY,
                        ANY,
                        ANY,
                        "names of codings are case-insensitive"),
                of("inflate", "encoding/inflate .*", ANY, ANY, ANY, "OpenTelemetry and Jaeger take these codings too"),
                of(
                        "content-coding-unread",
                        "encoding/(unread|gzip body with Content-Encoding (br|gzipped)).*",
                        ANY,
                        ANY,
                        ANY,
                        "a body in another coding can't be spans, which a client should learn"),
                of(
                        "damaged-gzip",
                        "encoding/gzip (said, JSON sent|cut.*|with a wrong checksum)",
                        "status|body",
                        "500|202|400|.*",
                        "400|Cannot gunzip spans",
                        "a body that did not arrive whole is not stored in part"),
                of(
                        "damaged-gzip",
                        "encoding/gzip of nothing",
                        "status|body|content-type",
                        ANY,
                        "202||" + ABSENT,
                        "an empty body is empty, compressed or not"),
                of(
                        "too-large",
                        "encoding/11 MB of blanks",
                        "status|body",
                        "500|413 Request Entity Too Large",
                        "413|The body is larger than .*",
                        "413 is the status that says it"),
                of(
                        "server-errors",
                        "body/byte 10 as .*",
                        "status|body",
                        "500|IndexOutOfBoundsException",
                        "400|Expected a .* encoded list\\n",
                        "a bad body is the client's error"),
                of(
                        "garbled-proto3",
                        "intake/(v1|v2) JSON to /api/v2/spans as '.*(?i:protobuf).*",
                        "body",
                        ".* from proto3",
                        ".* from proto3",
                        "the first of several errors is reported"),
                of(
                        "decode-errors",
                        "(json|json-v1|thrift|proto3|cut|body|intake)/.*",
                        "body",
                        ".* reading List<Span> from (json|TBinary|proto3)",
                        "Cannot read (span \\d+|the list of spans): [^\n]{1,300}",
                        "what cannot be read says where"),
                of(
                        "text-before-list",
                        "body/(a blank|byte 10|(a blank|a byte order mark|line end) and \\[]) as v[12] JSON",
                        "status|body|content-type",
                        "400|500|Expected a .*|IndexOutOfBoundsException|text/.*",
                        "202||" + ABSENT,
                        "white space and a byte order mark are no part of a list"),
                of(
                        "binary-by-bytes",
                        "(intake/(proto3 to /api/v2|thrift to /api/v1)/spans as .*|body/an empty thrift "
                                + "list as v1 JSON)",
                        "status|body|content-type",
                        "400|404|.*(json|not found)|text/.*",
                        "20[02]|\\[.*]||application/json|" + ABSENT,
                        "binary lists have many media types, and their bytes decide"),
                of(
                        "typed-annotations",
                        "(thrift/type [0-5] of|json-v1/binary annotation (1|1.5|true|false)).*, read back",
                        "body",
                        "\\[.*]",
                        "\\[.*\"tags\":\\{.*]",
                        "what was sent is kept"),
                of(
                        "thrift-unknown-fields",
                        "thrift/(unknown .*|a known field of another type)(, read back)?",
                        "status|body|content-type",
                        "400|404|.*(TBinary|not found)|text/\\*",
                        "200|202|\\[.*]||application/json|" + ABSENT,
                        "Thrift asks readers to skip what they do not know"),
                of(
                        "nesting",
                        "thrift/structs nested 500 deep(, read back)?",
                        ANY,
                        ANY,
                        ANY,
                        "depth is bounded, so that no body can exhaust the stack"),
                // metrics
                of(
                        "dropped-once",
                        "operations/metrics at last",
                        "body /counter.zipkin_collector.messages_dropped.http",
                        ANY,
                        ANY,
                        "one bad message is one"),
                of(
                        "counted-differently",
                        "operations/metrics at last",
                        "body /(counter|gauge).zipkin_collector.(messages|bytes|spans|message_spans|message_bytes).http",
                        ANY,
                        ANY,
                        "the bodies above were read differently"),
                of(
                        "grpc-metrics",
                        ".*/metrics.*",
                        "body /(counter|gauge).zipkin_collector.*\\.grpc",
                        "0.0",
                        ABSENT,
                        "there is no gRPC transport yet"),
                of(
                        "otlp-metrics",
                        ".*/metrics.*",
                        "body /(counter|gauge).zipkin_collector.*\\.otlp.*",
                        ABSENT,
                        "[0-9].*",
                        "the reference does not take OTLP"),
                of(
                        "budgets",
                        ".*/metrics.*",
                        "body /(gauge|counter)\\.zipkin_budget\\..*",
                        ABSENT,
                        "[0-9].*",
                        "what memory may be used for is bounded, and shown"),
                of(
                        "request-series",
                        "operations/request series at last",
                        "body \\{method=.*",
                        ANY,
                        ANY,
                        "the answers above have other statuses"));
    }

    /** Those of SQL storages, against the reference's memory. */
    static List<Deviation> ofSql() {
        // The window that holds all traces of the day has to be right.
        String whole = Long.toString(Moment.millis(100)).substring(7);
        return List.of(of(
                "links-by-day",
                "query/.*dependencies\\?endTs=(1|\u2026(?!" + whole + ")|.*lookback=).*",
                "body",
                "\\[.*]",
                "\\[.*]",
                "links are counted by day, as Zipkin's job for Cassandra and Elasticsearch does"));
    }

    /** The same with lenient trace ids; this configuration asks for metrics too. */
    static List<Deviation> ofLenientSql() {
        return List.of(
                of(
                        "storage-metrics",
                        ".*/metrics.*",
                        "body /gauge.zipkin_storage\\..*",
                        ABSENT,
                        "[0-9.E]+",
                        "what the storage does in the background is shown"),
                of(
                        "unknown-traces",
                        ".*/traceMany\\?traceIds=.*dead.*",
                        "body",
                        "\\[.*,\\[]]",
                        "\\[.*]",
                        "unknown ids are left out, as with STRICT_TRACE_ID"));
    }

    private static Deviation of(String id, String cases, String aspect, String reference, String ours, String why) {
        return Deviation.of(id, cases, aspect, reference, ours, why);
    }

    /**
     * What Payara answers in another way than WildFly, and neither the reference's clients nor the
     * specifications care for.
     */
    static List<Deviation> ofPayara() {
        List<Deviation> deviations = new ArrayList<>(all());
        deviations.removeIf(deviation -> deviation.id().matches("malformed-target|container-pages")
                && deviation.aspect().pattern().equals("body|content-type"));
        deviations.addAll(List.of(
                of(
                        "payara-type-order",
                        ".*prometheus.*|operations/(metric names|request series) .*",
                        "content-type",
                        "text/plain;version=0.0.4;charset=utf-8",
                        "text/plain;charset=utf-8;version=0.0.4",
                        "parameters of a media type have no order"),
                of(
                        "payara-not-modified",
                        "ui/.* If-(None-Match|Modified-Since): .*",
                        "content-type",
                        ANY,
                        ABSENT,
                        "304 has no body, so it needs no type"),
                of("payara-trace", ".*/TRACE .*", "allow", ABSENT, "options", "Jersey lists what it allows")));
        return List.copyOf(deviations);
    }
}
