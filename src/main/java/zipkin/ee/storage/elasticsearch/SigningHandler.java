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
import software.amazon.awssdk.core.exception.SdkClientException;
import zipkin.ee.aws.RequestSigner;

/** Signs each request, with its body, for the host that it goes to. Thread safe. */
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
        // The signature covers the header Host, which Amazon expects without the scheme's default
        // port.
        request.setAuthority(new URIAuthority(host.getHostName(), isDefaultPort(host) ? -1 : host.getPort()));
        sign(request, body).forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Host")) {
                request.setHeader(name, value);
            }
        });
        AsyncEntityProducer signed = entity == null
                ? null
                : new BasicAsyncEntityProducer(body, ContentType.parseLenient(entity.getContentType()));
        chain.proceed(request, signed, scope, callback);
    }

    private Map<String, String> sign(HttpRequest request, byte[] body) throws IOException {
        try {
            URI uri = request.getUri();
            return signer.sign(request.getMethod(), uri, body);
        } catch (URISyntaxException e) {
            throw new IOException("Not a URI: " + request.getRequestUri(), e);
        } catch (SdkClientException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean isDefaultPort(HttpHost host) {
        int schemesPort = host.getSchemeName().toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
        return host.getPort() == -1 || host.getPort() == schemesPort;
    }

    private static byte[] content(AsyncEntityProducer entity) throws IOException {
        Collector collector = new Collector();
        while (!collector.ended) {
            entity.produce(collector);
        }
        entity.releaseResources();
        return collector.bytes.toByteArray();
    }

    /** Collects a body in memory. */
    private static final class Collector implements DataStreamChannel {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final WritableByteChannel channel = Channels.newChannel(bytes);
        private boolean ended;

        @Override
        public void requestOutput() {
            // The loop in content() asks for more.
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
