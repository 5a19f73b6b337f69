package zipkin.ee.http.answer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/** A request that, if it is asynchronous, sends its {@link Answer} when completed. */
final class AnswerRequest extends HttpServletRequestWrapper {
    private final Answer answer;
    private final long maxMillis;
    private @Nullable AsyncContext async;

    /**
     * @param maxMillis limit of an asynchronous request that sets none itself; 0 for none
     */
    AnswerRequest(HttpServletRequest request, Answer answer, long maxMillis) {
        super(request);
        this.answer = answer;
        this.maxMillis = maxMillis;
    }

    @Override
    public AsyncContext startAsync() {
        return started(super.startAsync());
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return started(super.startAsync(request, response));
    }

    private AsyncContext started(AsyncContext started) {
        AsyncContext wrapped = new AnswerContext(started, answer, maxMillis);
        wrapped.setTimeout(0);
        async = wrapped;
        return wrapped;
    }

    @Override
    public AsyncContext getAsyncContext() {
        return async == null ? super.getAsyncContext() : async;
    }
}
