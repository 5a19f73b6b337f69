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

/**
 * The response that the application sees: it collects the content. Nothing is sent before the
 * request ends, so that what finds no room can still be answered 503.
 */
public final class Answer extends HttpServletResponseWrapper {
    private static final String ATTRIBUTE = Answer.class.getName();
    private static final String RETRY_AFTER = "Retry-After";
    private static final List<String> KEPT_HEADERS = List.of(CorsPolicy.ALLOW_ORIGIN, "X-Content-Type-Options", "Vary");
    private static final String TEXT = "text/plain; charset=utf-8";

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
            // A server's own, for while Zipkin is not there: see dedicated.cli.
            response.setHeader(RETRY_AFTER, null);
            response.setHeader("Connection", null);
        }
    }

    static @Nullable Answer find(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Answer answer ? answer : null;
    }

    /** The answer to a request. */
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

    /** Answers 503 instead. What else is written is left out. */
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
     * Begins to send what is there, by an asynchronous request that goes on.
     *
     * @param whenWritten called once, when everything is written
     * @param whenBroken called once instead, when that can't be
     */
    public void begin(Runnable whenWritten, Runnable whenBroken) {
        begin(true, whenWritten, whenBroken);
    }

    /**
     * Sends the answer and then ends the request, unless it has begun before: then the request ends
     * at once.
     */
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
            // sent whole by the end
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

    /**
     * Writes the answer by the thread that calls: one of the server's own servlets made it, a text
     * that says it has nothing.
     */
    void writeNow() throws IOException {
        begun = true;
        while (content.send(response.getOutputStream(), AnswerWriter.CHUNK) > 0) {}
        room.release();
    }

    /** The client is gone: frees the memory, and the end of its request sends nothing. */
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

    /** Frees the memory of an answer that the container replaces by one of its own. */
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

    /** Of no effect: nothing is sent before the end. */
    @Override
    public void flushBuffer() {}

    /** Of no effect: all is buffered. */
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
