package zipkin.ee.storage.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TrustAllStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.RequestSigner;

/**
 * Makes the low-level client for a cluster: one pool of connections to all hosts, one thread that
 * reads and writes.
 */
final class ClusterClient {
    private static final int IO_THREADS = 1;

    private ClusterClient() {}

    /**
     * @param connections most of them to one host
     * @param signer null for requests that are not signed
     */
    static Rest5Client open(
            ElasticsearchSettings settings, int connections, ThreadFactory threads, @Nullable RequestSigner signer) {
        HttpHost[] hosts = settings.hosts().stream().map(ClusterClient::host).toArray(HttpHost[]::new);
        Timeout timeout = Timeout.of(settings.timeout());
        Rest5ClientBuilder builder = Rest5Client.builder(hosts)
                .setMetaHeaderEnabled(false)
                .setRequestConfigCallback(
                        config -> config.setResponseTimeout(timeout).setConnectionRequestTimeout(timeout))
                .setConnectionConfigCallback(
                        config -> config.setConnectTimeout(timeout).setSocketTimeout(timeout))
                .setConnectionManagerCallback(
                        manager -> manager.setTlsStrategy(tls(settings.access().verify()))
                                .setMaxConnPerRoute(connections)
                                .setMaxConnTotal(connections * hosts.length))
                .setHttpClientConfigCallback(client -> {
                    client.setThreadFactory(threads)
                            .setIOReactorConfig(IOReactorConfig.custom()
                                    .setIoThreadCount(IO_THREADS)
                                    .build())
                            .disableAuthCaching()
                            .disableCookieManagement();
                    if (signer != null) {
                        client.addExecInterceptorFirst("aws-signature", new SigningHandler(signer));
                    }
                });
        String path = settings.hosts().get(0).getPath();
        if (path != null && !path.isEmpty()) {
            builder.setPathPrefix(path);
        }
        return builder.build();
    }

    private static HttpHost host(URI uri) {
        return new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
    }

    private static TlsStrategy tls(boolean verify) {
        ClientTlsStrategyBuilder builder = ClientTlsStrategyBuilder.create();
        try {
            // The JVM's own context, which javax.net.ssl.trustStore and keyStore configure.
            SSLContext context = verify
                    ? SSLContext.getDefault()
                    : SSLContexts.custom()
                            .loadTrustMaterial(TrustAllStrategy.INSTANCE)
                            .build();
            builder.setSslContext(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS can't be set up: " + e.getMessage(), e);
        }
        if (!verify) {
            builder.setHostnameVerifier(NoopHostnameVerifier.INSTANCE);
        }
        return builder.buildAsync();
    }
}
