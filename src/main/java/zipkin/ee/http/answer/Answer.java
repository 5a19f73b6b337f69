package zipkin.ee.http.answer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import zipkin.ee.http.Answers;
import zipkin.ee.http.CorsPolicy;
import zipkin.ee.http.ErrorServlet;
import zipkin.ee.http.Grizzly;
import zipkin.ee.http.OfferedUpgrade;
import zipkin.ee.http.TextAnswer;

/**
 * Collects the content of an answer. Nothing is sent before the request ends, so an answer that
 * exceeds the budget can still become a 503.
 */
public final class Answer extends HttpServletResponseWrapper {
    private static final String ATTRIBUTE = Answer.class.getName();
    private static final String RETRY_AFTER = "Retry-After";
    private static final List<String> KEPT_HEADERS =
            List.of(CorsPolicy.ALLOW_ORIGIN, CorsPolicy.ALLOW_CREDENTIALS, "X-Content-Type-Options", "Vary");
    private static final String TEXT = TextAnswer.CONTENT_TYPE;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AnswerMemory memory;
    private final AnswerRoom room;
    private final AnswerContent content = new AnswerContent();
    private final AnswerStream stream = new AnswerStream(this);
    private @Nullable PrintWriter writer;
    private boolean refused;
    private boolean trailers;
    private volatile boolean begun;
    private boolean dropped;
    private @Nullable AnswerWriter sending;

    Answer(HttpServletRequest request, HttpServletResponse response, AnswerMemory memory) {
        super(response);
        this.request = request;
        this.response = response;
        this.memory = memory;
        this.room = new AnswerRoom(memory);
        request.setAttribute(ATTRIBUTE, this);
        if (response.containsHeader(RETRY_AFTER)) {
            // dedicated.cli has the server add these for while Zipkin is not deployed.
            response.setHeader(RETRY_AFTER, null);
            response.setHeader("Connection", null);
        }
    }

    static @Nullable Answer find(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Answer answer ? answer : null;
    }

    public static Answer of(HttpServletRequest request) {
        Answer answer = find(request);
        if (answer == null) {
            throw new IllegalStateException("AnswerFilter is not mapped to " + request.getRequestURI());
        }
        return answer;
    }

    AnswerRoom room() {
        return room;
    }

    void add(byte[] bytes, int offset, int length) {
        if (refused || length == 0) {
            return;
        }
        if (!room.isShared() && !room.hold(content.size() + length)) {
            refuse();
            return;
        }
        content.add(bytes, offset, length, room.isShared());
    }

    /** Replaces the answer by a 503 and ignores what is written afterwards. */
    private void refuse() {
        refused = true;
        Map<String, String> kept = new HashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = getHeader(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        response.reset();
        kept.forEach(response::setHeader);
        response.setStatus(SC_SERVICE_UNAVAILABLE);
        response.setContentType(TEXT);
        response.setIntHeader(RETRY_AFTER, Answers.RETRY_AFTER_SECONDS);
        replace("Too many answers are being made or read. Try again later.");
    }

    private void replace(String text) {
        content.reset();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        content.add(bytes, 0, bytes.length, true);
    }

    /**
     * Starts sending the content while the asynchronous request continues.
     *
     * @param whenWritten called once when everything is written
     * @param whenBroken called instead if the content cannot be written
     */
    public void begin(Runnable whenWritten, Runnable whenBroken) {
        begin(true, whenWritten, whenBroken);
    }

    /** Sends the answer, unless that has begun already, and then completes the request. */
    void end(AsyncContext async) {
        if (begun) {
            async.complete();
        } else {
            begin(false, async::complete, async::complete);
        }
    }

    private synchronized void begin(boolean flushed, Runnable whenWritten, Runnable whenBroken) {
        begun = true;
        if (dropped) {
            whenBroken.run();
            return;
        }
        if (writer != null) {
            writer.flush();
        }
        long size = content.size();
        room.shrinkTo(size);
        if (size > 0 && !trailers && !"HEAD".equals(request.getMethod())) {
            response.setContentLengthLong(size);
        }
        if (OfferedUpgrade.isMishandled(request)) {
            // The buffer takes the whole answer, so that it is not sent in parts.
            response.setBufferSize((int) Math.min(size + 1, Integer.MAX_VALUE - 8));
        }
        try {
            AnswerWriter writing = new AnswerWriter(
                    response.getOutputStream(),
                    content,
                    room,
                    memory,
                    flushed,
                    whenWritten,
                    whenBroken,
                    () -> Grizzly.closeConnection(request));
            sending = writing;
            writing.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the answer on the calling thread. Only for servlets that are not asynchronous. */
    void writeNow() throws IOException {
        begun = true;
        while (content.send(response.getOutputStream(), AnswerWriter.CHUNK) > 0) {}
        room.release();
    }

    /** Frees the memory when the client is gone. Completing the request sends nothing then. */
    public static void drop(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Answer answer) {
            answer.drop();
        }
    }

    private synchronized void drop() {
        dropped = true;
        begun = true;
        abandon();
        if (sending != null) {
            sending.forget();
        }
    }

    /** Frees the memory when the container sends an answer of its own instead. */
    void abandon() {
        content.clear();
        room.release();
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return stream;
    }

    @Override
    public PrintWriter getWriter() {
        if (writer == null) {
            writer = new PrintWriter(stream, false, StandardCharsets.UTF_8);
        }
        return writer;
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        trailers = true;
        super.setTrailerFields(supplier);
    }

    @Override
    public void sendError(int status) {
        resetBuffer();
        response.setStatus(status);
        response.setContentType(TEXT);
        replace(ErrorServlet.text(status));
    }

    @Override
    public void sendError(int status, String message) {
        sendError(status);
    }

    /** Has no effect, because nothing is sent before the end. */
    @Override
    public void flushBuffer() {}

    /** Has no effect, because everything is buffered. */
    @Override
    public void setBufferSize(int size) {}

    @Override
    public void resetBuffer() {
        content.reset();
    }

    @Override
    public void reset() {
        response.reset();
        content.reset();
    }
}
