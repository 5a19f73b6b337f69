package zipkin.ee.storage.elasticsearch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.AwsException;
import zipkin.ee.aws.RequestSigner;

/**
 * Signs each request for the host that it goes to, its body included, which is in memory anyway.
 * Thread safe.
 */
final class SigningHandler implements AsyncExecChainHandler {
    private final RequestSigner signer;

    SigningHandler(RequestSigner signer) {
        this.signer = signer;
    }

    @Override
    public void execute(
            HttpRequest request,
            @Nullable AsyncEntityProducer entity,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        byte[] body = entity == null ? new byte[0] : content(entity);
        HttpHost host = scope.route.getTargetHost();
        // The signature is over the header Host, which Amazon wants without the port that the
        // scheme has anyway.
        request.setAuthority(new URIAuthority(host.getHostName(), isUsual(host) ? -1 : host.getPort()));
        sign(request, body).forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                request.setHeader(name, values.get(0));
            }
        });
        AsyncEntityProducer signed = entity == null
                ? null
                : new BasicAsyncEntityProducer(body, ContentType.parseLenient(entity.getContentType()));
        chain.proceed(request, signed, scope, callback);
    }

    private Map<String, List<String>> sign(HttpRequest request, byte[] body) throws IOException {
        try {
            URI uri = request.getUri();
            return signer.sign(request.getMethod(), uri, body);
        } catch (URISyntaxException e) {
            throw new IOException("Not a URI: " + request.getRequestUri(), e);
        } catch (AwsException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean isUsual(HttpHost host) {
        int usual = host.getSchemeName().toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
        return host.getPort() == -1 || host.getPort() == usual;
    }

    private static byte[] content(AsyncEntityProducer entity) throws IOException {
        Collector collector = new Collector();
        while (!collector.ended) {
            entity.produce(collector);
        }
        entity.releaseResources();
        return collector.bytes.toByteArray();
    }

    /** Takes whatever it is given. */
    private static final class Collector implements DataStreamChannel {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final WritableByteChannel channel = Channels.newChannel(bytes);
        private boolean ended;

        @Override
        public void requestOutput() {
            // There is no other thread that would go on.
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return channel.write(source);
        }

        @Override
        public void endStream() {
            ended = true;
        }

        @Override
        public void endStream(List<? extends Header> trailers) {
            ended = true;
        }
    }
}
