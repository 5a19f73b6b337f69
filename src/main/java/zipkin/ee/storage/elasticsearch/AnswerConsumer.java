package zipkin.ee.storage.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.BufferedByteConsumer;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.nio.support.AbstractAsyncResponseConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one answer in memory, up to a number of bytes; the client's own has no bound that can be
 * set.
 */
final class AnswerConsumer extends AbstractAsyncResponseConsumer<ClassicHttpResponse, ByteArrayEntity> {
    /**
     * @param maxBytes beyond which the request fails
     */
    AnswerConsumer(int maxBytes) {
        super(new BufferedByteConsumer(maxBytes));
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {}

    @Override
    protected ClassicHttpResponse buildResult(
            HttpResponse response, @Nullable ByteArrayEntity entity, ContentType contentType) {
        ClassicHttpResponse whole = new BasicClassicHttpResponse(response.getCode());
        whole.setVersion(response.getVersion());
        whole.setHeaders(response.getHeaders());
        if (entity != null) {
            whole.setEntity(entity);
        }
        return whole;
    }
}
