package zipkin.ee.http.answer;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;

/** Compresses JSON answers of at least 2 KiB by gzip, if the client and the budget allow it. */
@SingleInstance
@Priority(Priorities.ENTITY_CODER)
public final class CompressionFilter implements ContainerResponseFilter {
    private static final int MIN_BYTES = 2048;
    /** Compressed JSON takes less than one in this many bytes. */
    private static final int COMPRESSED_SHARE = 2;

    @Context
    @SuppressWarnings("NullAway.Init")
    private HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        if (!(response.getEntity() instanceof byte[] body)
                || body.length < MIN_BYTES
                || !isJson(response.getMediaType())
                || response.getHeaders().containsKey(HttpHeaders.CONTENT_ENCODING)) {
            return;
        }
        response.getHeaders().add(HttpHeaders.VARY, "accept-encoding");
        if (acceptsGzip(request.getHeaderString(HttpHeaders.ACCEPT_ENCODING))
                && AnswerRoom.of(servletRequest).hold(body.length + body.length / COMPRESSED_SHARE)) {
            response.setEntity(gzip(body));
            response.getHeaders().putSingle(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
    }

    private static boolean isJson(@Nullable MediaType type) {
        return type != null && type.isCompatible(MediaType.APPLICATION_JSON_TYPE);
    }

    static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8192)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }

    /** Whether an Accept-Encoding header (RFC 9110, 12.5.3) allows gzip. */
    public static boolean acceptsGzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        boolean any = false;
        for (String item : acceptEncoding.toLowerCase(Locale.ROOT).split(",", 32)) {
            String[] parts = item.split(";", 8);
            String coding = parts[0].trim();
            boolean refused = parts.length > 1 && parts[1].trim().matches("q=0(\\.0{0,3})?");
            if (coding.equals("gzip") || coding.equals("x-gzip")) {
                return !refused;
            }
            any |= coding.equals("*") && !refused;
        }
        return any;
    }
}
