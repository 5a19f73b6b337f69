package zipkin.ee.query;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.List;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.http.Answers;
import zipkin.ee.http.answer.AnswerRoom;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * Traces as v2 JSON, within {@code QUERY_MAX_ANSWER_BYTES} and the budget of all answers: the length is known and taken before
 * the bytes are made, in one array.
 */
@SingleInstance
final class TraceJson {
    private static final SpanBytesEncoder ENCODER = SpanBytesEncoder.JSON_V2;

    private final int maxBytes;

    @Inject
    TraceJson(QuerySettings settings) {
        this.maxBytes = settings.maxAnswerBytes();
    }

    /** {@code [span,span]}. */
    Response trace(List<Span> trace, AnswerRoom room) {
        long length = length(trace);
        if (length > maxBytes) {
            return tooLarge(length);
        }
        room.require(length);
        byte[] json = new byte[(int) length];
        ENCODER.encodeList(trace, json, 0);
        return Answers.json(json).build();
    }

    /** {@code [[span,span],[span]]}. */
    Response traces(List<List<Span>> traces, AnswerRoom room) {
        long length = 2L + Math.max(0, traces.size() - 1);
        for (List<Span> trace : traces) {
            length += length(trace);
        }
        if (length > maxBytes) {
            return tooLarge(length);
        }
        room.require(length);
        byte[] json = new byte[(int) length];
        int position = 0;
        for (List<Span> trace : traces) {
            json[position] = (byte) (position == 0 ? '[' : ',');
            position++;
            position += ENCODER.encodeList(trace, json, position);
        }
        if (position == 0) {
            json[position++] = '[';
        }
        json[position] = ']';
        return Answers.json(json).build();
    }

    private static long length(List<Span> trace) {
        long length = 2L + Math.max(0, trace.size() - 1);
        for (Span span : trace) {
            length += ENCODER.sizeInBytes(span);
        }
        return length;
    }

    private Response tooLarge(long length) {
        return Answers.text(
                503,
                "The answer would have " + length + " bytes, more than QUERY_MAX_ANSWER_BYTES=" + maxBytes
                        + ". Ask for less.");
    }
}
