package zipkin.ee.differential;

import static zipkin.ee.differential.Bodies.bytes;
import static zipkin.ee.differential.Bodies.concat;
import static zipkin.ee.differential.Bodies.gzip;
import static zipkin.ee.differential.Bodies.rawDeflate;
import static zipkin.ee.differential.Bodies.utf8;
import static zipkin.ee.differential.Bodies.zlib;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * How a body's encoding is chosen and undone: content types, content encodings, sniffing, empty and
 * cut bodies.
 */
final class IntakeCases {
    static final String V1 = "/api/v1/spans";
    static final String V2 = "/api/v2/spans";
    private static final List<String> CONTENT_TYPES = List.of(
            "application/json",
            "application/json; charset=utf-8",
            "application/x-protobuf",
            "application/x-protobuf; charset=utf-8",
            "APPLICATION/X-PROTOBUF",
            "application/x-protobuf;messageType=zipkin",
            "application/x-thrift",
            "Application/X-Thrift;a=b",
            "application/vnd.apache.thrift.binary",
            "application/octet-stream",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/plain",
            "bogus",
            "");

    /** Fixed, because a body read as another encoding is a different error for different digits. */
    private static final long FIXED_MICROS = 1_472_470_996_199_000L;

    private final List<Case> cases = new ArrayList<>();
    private int nextTrace = 1;

    private IntakeCases() {}

    static List<Case> all() {
        IntakeCases source = new IntakeCases();
        source.everyEncodingUnderEveryContentType();
        source.contentEncodings();
        source.unusualBodies();
        source.cutBodies();
        return source.cases;
    }

    private void everyEncodingUnderEveryContentType() {
        Map<String, SpanBytesEncoder> encodings = Map.of(
                "v1 JSON", SpanBytesEncoder.JSON_V1,
                "v2 JSON", SpanBytesEncoder.JSON_V2,
                "proto3", SpanBytesEncoder.PROTO3,
                "thrift", SpanBytesEncoder.THRIFT);
        new TreeMap<>(encodings).forEach((encoding, encoder) -> {
            for (String path : List.of(V1, V2)) {
                for (String contentType : CONTENT_TYPES) {
                    Span span = span();
                    byte[] body = encoder.encodeList(List.of(span));
                    String name = "intake/" + encoding + " to " + path + " as '" + contentType + "'";
                    String[] headers =
                            contentType.isEmpty() ? new String[0] : new String[] {"Content-Type: " + contentType};
                    Case post = Case.post(name, path, body, headers);
                    // Thrift read as proto3 has no span in it, and is accepted.
                    boolean isEmpty =
                            encoding.equals("thrift") && path.equals(V2) && contentType.matches("(?i).*protobuf.*");
                    cases.addAll(isEmpty ? List.of(post) : post.readBack(span.traceId()));
                }
            }
        });
    }

    private void contentEncodings() {
        byte[] json = SpanBytesEncoder.JSON_V2.encodeList(List.of(span()));
        byte[] zipped = gzip(json);
        for (String value : List.of("gzip", "x-gzip", "gzip, identity", "identity", "br", "gzipped")) {
            encoded("gzip body with Content-Encoding " + value, value, SpanBytesEncoder.JSON_V2, V2);
        }
        encoded("upper-case GZIP", "GZIP", SpanBytesEncoder.JSON_V2, V2);
        encoded("gzip of v1 JSON", "gzip", SpanBytesEncoder.JSON_V1, V1);
        encoded("gzip of proto3", "gzip", SpanBytesEncoder.PROTO3, V2, "Content-Type: application/x-protobuf");
        encoded("gzip of thrift", "gzip", SpanBytesEncoder.THRIFT, V1, "Content-Type: application/x-thrift");
        String gzip = "Content-Encoding: gzip";
        post("encoding/gzip said, JSON sent", V2, json, gzip);
        post("encoding/gzip said, [] sent", V2, utf8("[]"), gzip);
        post("encoding/gzip said, nothing sent", V2, new byte[0], gzip);
        post("encoding/gzip of nothing", V2, gzip(new byte[0]), gzip);
        post("encoding/gzip of []", V2, gzip(utf8("[]")), gzip);
        post("encoding/gzip cut in its header", V2, Arrays.copyOf(zipped, 5), gzip);
        post("encoding/gzip cut after its header", V2, Arrays.copyOf(zipped, 10), gzip);
        post("encoding/gzip cut in the middle", V2, Arrays.copyOf(zipped, zipped.length / 2), gzip);
        byte[] wrongSum = zipped.clone();
        wrongSum[zipped.length - 6] ^= 0x55;
        post("encoding/gzip with a wrong checksum", V2, wrongSum, gzip);
        post("encoding/gzip with rubbish after it", V2, concat(zipped, utf8("xyz")), gzip);
        post("encoding/gzip in two members", V2, concat(gzip(utf8("[")), gzip(utf8("]"))), gzip);
        post("encoding/inflate zlib", V2, zlib(json), "Content-Encoding: deflate");
        post("encoding/inflate raw", V2, rawDeflate(json), "Content-Encoding: deflate");
        post("encoding/inflate said, JSON sent", V2, json, "Content-Encoding: deflate");
        post("encoding/inflate said, [] sent", V2, utf8("[]"), "Content-Encoding: deflate");
        post("encoding/unread br said, JSON sent", V2, json, "Content-Encoding: br");
        post("encoding/unread twice gzip said, once sent", V2, zipped, "Content-Encoding: gzip, gzip");
        post("encoding/9 MB of blanks", V2, utf8("[" + " ".repeat(9_000_000) + "]"));
        post("encoding/11 MB of blanks", V2, utf8("[" + " ".repeat(11_000_000) + "]"));
    }

    private void encoded(String name, String value, SpanBytesEncoder encoder, String path, String... headers) {
        Span span = span();
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Encoding: " + value;
        byte[] body = gzip(encoder.encodeList(List.of(span)));
        cases.addAll(Case.post("encoding/" + name, path, body, all).readBack(span.traceId()));
    }

    private void unusualBodies() {
        Map<String, byte[]> bodies = Map.ofEntries(
                Map.entry("nothing", new byte[0]),
                Map.entry("[]", utf8("[]")),
                Map.entry("[ ]", utf8("[ ]")),
                Map.entry("[] and a line end", utf8("[]\n")),
                Map.entry("a blank and []", utf8(" []")),
                Map.entry("a blank", utf8(" ")),
                Map.entry("{}", utf8("{}")),
                Map.entry("null", utf8("null")),
                Map.entry("a word", utf8("hello")),
                Map.entry("an opening bracket", utf8("[")),
                Map.entry("[null]", utf8("[null]")),
                Map.entry("[1]", utf8("[1]")),
                Map.entry("[[]]", utf8("[[]]")),
                Map.entry("a byte order mark and []", concat(bytes(0xef, 0xbb, 0xbf), utf8("[]"))),
                Map.entry("line end and []", utf8("\n[]")),
                Map.entry("a single span's JSON", utf8("{\"traceId\":\"1\",\"id\":\"1\",\"tags\":{}}")),
                Map.entry("byte 0", bytes(0)),
                Map.entry("byte 10", bytes(10)),
                Map.entry("bytes 10 0", bytes(10, 0)),
                Map.entry("bytes 10 1", bytes(10, 1)),
                Map.entry("byte 11", bytes(11)),
                Map.entry("bytes 11 0 0", bytes(11, 0, 0)),
                Map.entry("byte 12", bytes(12)),
                Map.entry("an empty thrift list", bytes(12, 0, 0, 0, 0)),
                Map.entry("a thrift list of a negative size", bytes(12, 0xff, 0xff, 0xff, 0xff)),
                Map.entry("a thrift list of a huge size", bytes(12, 0x7f, 0xff, 0xff, 0xff)),
                Map.entry("byte 16", bytes(16)),
                Map.entry("byte 17", bytes(17)),
                Map.entry("byte 255", bytes(255)));
        new TreeMap<>(bodies).forEach((name, body) -> {
            post("body/" + name + " as v2 JSON", V2, body, "Content-Type: application/json");
            post("body/" + name + " as proto3", V2, body, "Content-Type: application/x-protobuf");
            post("body/" + name + " as v1 JSON", V1, body, "Content-Type: application/json");
            post("body/" + name + " as thrift", V1, body, "Content-Type: application/x-thrift");
        });
        cases.add(Case.of("POST", "body/none at all to v2", V2, "Content-Length: 0"));
        cases.add(Case.of("POST", "body/none at all to v1", V1, "Content-Length: 0"));
    }

    private void cutBodies() {
        Span span = span().toBuilder()
                .parentId("5")
                .kind(Span.Kind.SERVER)
                .remoteEndpoint(Endpoint.newBuilder()
                        .serviceName("remote")
                        .ip("2001:db8::c001")
                        .port(80)
                        .build())
                .addAnnotation(FIXED_MICROS, "wait")
                .putTag("http.path", "/api")
                .build();
        cut("v1 JSON", V1, "application/json", SpanBytesEncoder.JSON_V1.encodeList(List.of(span)));
        cut("v2 JSON", V2, "application/json", SpanBytesEncoder.JSON_V2.encodeList(List.of(span)));
        cut("proto3", V2, "application/x-protobuf", SpanBytesEncoder.PROTO3.encodeList(List.of(span)));
        cut("thrift", V1, "application/x-thrift", SpanBytesEncoder.THRIFT.encodeList(List.of(span)));
    }

    /** At twenty places, spread so that they fall into names, values, lengths and separators. */
    private void cut(String encoding, String path, String contentType, byte[] whole) {
        for (int i = 1; i <= 20; i++) {
            int length = whole.length * i / 21;
            String name = "cut/" + encoding + " at " + i + " of 21";
            post(name, path, Arrays.copyOf(whole, length), "Content-Type: " + contentType);
        }
    }

    private void post(String name, String path, byte[] body, String... headers) {
        cases.add(Case.post(name, path, body, headers));
    }

    private Span span() {
        return Span.newBuilder()
                .traceId(0x1a4eL, nextTrace++)
                .id("b")
                .name("get")
                .kind(Span.Kind.CLIENT)
                .timestamp(FIXED_MICROS)
                .duration(nextTrace)
                .localEndpoint(Endpoint.newBuilder()
                        .serviceName("intake")
                        .ip("10.0.0.1")
                        .build())
                .putTag("cut", "no")
                .build();
    }
}
