package zipkin.ee.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * A message of 10,000 spans, each with a field that Zipkin does not know, so that they are decoded
 * into objects.
 */
final class ManySpansBody {
    static final int SPANS = 10_000;

    private ManySpansBody() {}

    /** Compressed: some hundred kB. With 20 tags a span, 8 MB of JSON; with 6, 3 MB. */
    static byte[] gzip(int tags) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.write('[');
        for (int i = 1; i <= SPANS; i++) {
            StringBuilder span = new StringBuilder(900);
            span.append(i == 1 ? "" : ",")
                    .append("{\"unknown\":1,\"traceId\":\"%016x\",\"id\":\"%016x\",\"tags\":{".formatted(i, i));
            for (int tag = 0; tag < tags; tag++) {
                span.append(tag == 0 ? "" : ",").append("\"key%02d\":\"value %022d\"".formatted(tag, i * tags + tag));
            }
            json.writeBytes(span.append("}}").toString().getBytes(UTF_8));
        }
        json.write(']');
        return GzipBombs.gzip(json.toByteArray());
    }
}
