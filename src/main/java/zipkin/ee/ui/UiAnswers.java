package zipkin.ee.ui;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Date;
import zipkin.ee.http.answer.CompressionFilter;

/** The answers of the UI. */
final class UiAnswers {
    private UiAnswers() {}

    /**
     * 200 with the content, compressed if the client accepts that, or 304 if it has it already.
     *
     * @param frameAncestors which pages may show HTML in a frame
     */
    static Response asset(Asset asset, Instant lastModified, String frameAncestors, HttpHeaders request) {
        boolean gzip = asset.isCompressible()
                && CompressionFilter.acceptsGzip(request.getHeaderString(HttpHeaders.ACCEPT_ENCODING));
        boolean fresh = Conditions.isFresh(
                asset,
                lastModified,
                request.getHeaderString(HttpHeaders.IF_NONE_MATCH),
                request.getHeaderString(HttpHeaders.IF_MODIFIED_SINCE));
        Asset.Variant variant = gzip && !fresh ? asset.gzip() : asset.plain();
        Response.ResponseBuilder answer = Response.status(fresh ? 304 : 200)
                .lastModified(Date.from(lastModified))
                .header(HttpHeaders.ETAG, '"' + variant.tag() + '"')
                .header(HttpHeaders.CACHE_CONTROL, "max-age=" + asset.maxAgeSeconds())
                .header(HttpHeaders.CONTENT_TYPE, asset.contentType());
        if (ContentTypes.HTML.equals(asset.contentType())) {
            answer.header("Content-Security-Policy", "frame-ancestors " + frameAncestors);
        }
        if (fresh) {
            return answer.build();
        }
        if (gzip) {
            answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").header(HttpHeaders.VARY, "accept-encoding");
        }
        return answer.header(HttpHeaders.CONTENT_LENGTH, variant.body().length)
                .entity(variant.body())
                .build();
    }
}
