package zipkin.ee.transport.otlp;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.OtlpSettings;
import zipkin.ee.http.Answers;
import zipkin.ee.http.Routes;

/**
 * Refuses requests below /v1/ that are not of OTLP, and gives every refusal there the body that
 * OTLP asks for: {@code google.rpc.Status} in the encoding of the request, with the text that the
 * same refusal has elsewhere.
 */
@SingleInstance
@PreMatching
@Priority(Priorities.AUTHORIZATION)
public final class OtlpFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final int FIRST_REFUSAL = 400;

    @Inject
    OtlpSettings settings;

    @Override
    public void filter(ContainerRequestContext request) {
        String path = path(request);
        if (!Routes.isOtlp(path)) {
            return;
        }
        if (Signal.of(path, settings) == null) {
            request.abortWith(Answers.text(
                    404,
                    "This server takes /v1/traces"
                            + (settings.discarded().isEmpty()
                                    ? "."
                                    : ", and accepts and discards " + String.join(" and ", settings.discarded())
                                            + ".")));
        } else if (!HttpMethod.POST.equals(request.getMethod())) {
            request.abortWith(Response.fromResponse(Answers.text(405, "OTLP is sent by POST."))
                    .header(HttpHeaders.ALLOW, HttpMethod.POST)
                    .build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() < FIRST_REFUSAL
                || !(response.getEntity() instanceof byte[] text)
                || !MediaType.TEXT_PLAIN_TYPE.isCompatible(response.getMediaType())
                || !Routes.isOtlp(path(request))) {
            return;
        }
        OtlpFormat format = OtlpFormat.ofAnswer(request.getHeaderString(HttpHeaders.CONTENT_TYPE));
        RpcStatus status = RpcStatus.of(response.getStatus(), new String(text, StandardCharsets.UTF_8));
        response.setEntity(status.toBytes(format), new Annotation[0], MediaType.valueOf(format.mediaType()));
    }

    private static String path(ContainerRequestContext request) {
        return request.getUriInfo().getRequestUri().getRawPath();
    }
}
