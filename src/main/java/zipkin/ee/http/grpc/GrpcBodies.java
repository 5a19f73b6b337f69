package zipkin.ee.http.grpc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import zipkin.ee.http.body.BodyConsumer;
import zipkin.ee.http.body.Refusal;

/** Takes the bodies of calls of a {@link UnaryService}. */
public interface GrpcBodies extends BodyConsumer {
    /**
     * Whether the body of a request is for this service.
     *
     * @param path {@code /package.Service/Method}
     */
    boolean takes(String path);

    /** Counts a body that is refused before it has arrived. */
    void countRefused(String path);

    @Override
    default boolean takes(HttpServletRequest request) {
        return takes(UnaryService.path(request));
    }

    @Override
    default void countRefused(HttpServletRequest request) {
        countRefused(UnaryService.path(request));
    }

    @Override
    default byte[] refuse(HttpServletRequest request, Refusal refusal, HttpServletResponse response) {
        UnaryService.begin(response, GrpcStatus.of(refusal));
        return new byte[0];
    }
}
