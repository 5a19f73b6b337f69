package zipkin.ee.transport.http;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import zipkin.ee.config.HttpIntakeSettings;

/**
 * Receives bodies of spans without holding a thread, then lets the request go on with a {@link ReceivedBody} attached. With
 * blocking reads, as many slow clients as the server has worker threads would stop every other request.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class BodyFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Pattern INTAKE = Pattern.compile("/+api/+v[12]/+spans");

    @Inject
    private transient HttpIntakeSettings settings;

    @Inject
    private transient BodyBudget budget;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!settings.enabled() || !isIntake(request)) {
            chain.doFilter(request, response);
            return;
        }
        ReceivedBody body = new ReceivedBody(budget, settings.maxBodyBytes(), request.getContentLengthLong());
        body.attachTo(request);
        if (request.getContentLengthLong() == 0) {
            body.end(ReceivedBody.State.COMPLETE);
        }
        if (body.state() != ReceivedBody.State.ARRIVING) {
            chain.doFilter(request, response);
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(settings.bodyTimeout().toMillis());
        Reception reception = new Reception(body, async);
        async.addListener(reception);
        request.getInputStream().setReadListener(reception);
    }

    /** By the whole path, because repeated slashes, which a mapping would not take, lead to the same resource. */
    private static boolean isIntake(HttpServletRequest request) {
        return "POST".equals(request.getMethod())
                && INTAKE.matcher(request.getRequestURI()
                                .substring(request.getContextPath().length()))
                        .matches();
    }

    /** Reads what is there whenever something is there, and resumes the request when the body has ended one way or another. */
    private static final class Reception implements ReadListener, AsyncListener {
        private final ReceivedBody body;
        private final AsyncContext async;

        Reception(ReceivedBody body, AsyncContext async) {
            this.body = body;
            this.async = async;
        }

        @Override
        public void onDataAvailable() throws IOException {
            ServletInputStream in = async.getRequest().getInputStream();
            while (body.state() == ReceivedBody.State.ARRIVING && in.isReady() && !in.isFinished()) {
                ReceivedBody.State failure = body.readFrom(in);
                if (failure != null) {
                    resume(failure);
                }
            }
        }

        @Override
        public void onAllDataRead() {
            resume(ReceivedBody.State.COMPLETE);
        }

        @Override
        public void onError(Throwable error) {
            resume(ReceivedBody.State.BROKEN);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            resume(ReceivedBody.State.LATE);
        }

        private void resume(ReceivedBody.State state) {
            if (body.end(state)) {
                async.dispatch();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
