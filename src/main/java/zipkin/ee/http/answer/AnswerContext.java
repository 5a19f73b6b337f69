package zipkin.ee.http.answer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/** Completes an asynchronous request only after its {@link Answer} is sent. */
final class AnswerContext implements AsyncContext {
    private final AsyncContext async;
    private final Answer answer;
    private final long maxMillis;

    AnswerContext(AsyncContext async, Answer answer, long maxMillis) {
        this.async = async;
        this.answer = answer;
        this.maxMillis = maxMillis;
    }

    @Override
    public void complete() {
        answer.end(async);
    }

    /**
     * Sets a limit in any case. Jakarta REST has timers of its own and sets none here, but only the
     * container closes connections of requests that never complete.
     */
    @Override
    public void setTimeout(long millis) {
        async.setTimeout(millis > 0 ? millis : maxMillis);
    }

    @Override
    public long getTimeout() {
        return async.getTimeout();
    }

    @Override
    public ServletRequest getRequest() {
        return async.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return async.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return async.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
        async.dispatch();
    }

    @Override
    public void dispatch(String path) {
        async.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        async.dispatch(context, path);
    }

    @Override
    public void start(Runnable run) {
        async.start(run);
    }

    @Override
    public void addListener(AsyncListener listener) {
        async.addListener(listener);
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        async.addListener(listener, request, response);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return async.createListener(type);
    }
}
