package zipkin.ee.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;

/** What the readers of usual messages read, as spans; null when they leave it to zipkin2. */
final class UsualSpans {
    private UsualSpans() {}

    static @Nullable List<Span> json(byte[] body, Texts texts) {
        SpanColumns columns = new SpanColumns();
        return JsonV2Reader.read(body, columns) ? ColumnsToSpans.toSpans(columns, texts) : null;
    }

    static @Nullable List<Span> proto3(byte[] body, Texts texts) {
        SpanColumns columns = new SpanColumns();
        return Proto3Reader.read(body, columns) ? ColumnsToSpans.toSpans(columns, texts) : null;
    }

    static @Nullable List<Span> thrift(byte[] body, Texts texts) {
        SpanColumns columns = new SpanColumns();
        return ThriftReader.read(body, columns) ? ColumnsToSpans.toSpans(columns, texts) : null;
    }
}
