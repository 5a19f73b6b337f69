package zipkin.ee.query;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.List;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.http.Answers;
import zipkin.ee.http.AskForLessException;
import zipkin.ee.http.answer.AnswerRoom;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * Writes traces as v2 JSON, within {@code QUERY_MAX_ANSWER_BYTES} and the budget of all answers.
 * The length is computed and taken from the budget first.
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
        byte[] json = room(length(trace, 0), room);
        ENCODER.encodeList(trace, json, 0);
        return Answers.json(json).build();
    }

    /** {@code [[span,span],[span]]}. */
    Response traces(List<List<Span>> traces, AnswerRoom room) {
        long length = 2L + Math.max(0, traces.size() - 1);
        for (List<Span> trace : traces) {
            length = length(trace, length);
        }
        byte[] json = room(length, room);
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

    /** Returns {@code before} plus the length of the trace. */
    private long length(List<Span> trace, long before) {
        long length = before + 2 + Math.max(0, trace.size() - 1);
        for (Span span : trace) {
            length += ENCODER.sizeInBytes(span);
            requireAllowed(length);
        }
        return length;
    }

    private void requireAllowed(long length) {
        if (length > maxBytes) {
            throw new AskForLessException("The answer has more than QUERY_MAX_ANSWER_BYTES=" + maxBytes + " bytes");
        }
    }

    private byte[] room(long length, AnswerRoom room) {
        requireAllowed(length);
        room.requireMore(length);
        return new byte[(int) length];
    }
}
