package zipkin.ee.http;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import zipkin.ee.cdi.SingleInstance;

/**
 * Has the server's buffer hold the whole answer to an {@link OfferedUpgrade} that it mishandles, so that nothing is sent before the end. Runs last, when
 * entities are the bytes that are sent; those of other types are small.
 */
@SingleInstance
@Priority(0)
public final class WholeAnswerFilter implements ContainerResponseFilter {
    @Context
    @SuppressWarnings("NullAway.Init")
    private HttpServletRequest servletRequest;

    @Context
    @SuppressWarnings("NullAway.Init")
    private HttpServletResponse servletResponse;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof byte[] body && OfferedUpgrade.isMishandled(servletRequest)) {
            servletResponse.setBufferSize(body.length + 1);
            response.setEntityStream(new Unflushed(response.getEntityStream()));
        }
    }

    private static final class Unflushed extends FilterOutputStream {
        Unflushed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        /** Would begin to send the answer; its end does that. */
        @Override
        public void flush() {}
    }
}
