package zipkin.ee.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.ServerProcess;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.ActiveMqBroker;
import zipkin.ee.testing.broker.Broker;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** ActiveMQ Classic by its own resource adapter. */
class ActiveMqIT extends SwitchedTransportContract {
    @Override
    Broker startBroker() {
        return new ActiveMqBroker();
    }

    /**
     * zipkin-sender-activemq-client speaks javax.jms, so it has a class loader of its own; its client looks for the transport tcp in the
     * thread's.
     */
    @Test
    void spans_ofZipkinsOwnSender_areStored() throws IOException, ReflectiveOperationException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (ActiveMqBroker broker = new ActiveMqBroker();
                ZipkinEeServer server = start(broker, Map.of());
                URLClassLoader jars = new URLClassLoader(senderJars(), ClassLoader.getPlatformClassLoader())) {
            Span span = span();
            Thread.currentThread().setContextClassLoader(jars);
            Class<?> type = jars.loadClass("zipkin2.reporter.activemq.ActiveMQSender");
            Object sender = type.getMethod("create", String.class).invoke(null, broker.url());
            try {
                type.getMethod("send", List.class).invoke(sender, List.of(SpanBytesEncoder.JSON_V2.encode(span)));
            } finally {
                type.getMethod("close").invoke(sender);
            }

            assertThat(new ZipkinHttp(server.uri()).awaitTrace(span.traceId(), 1))
                    .containsExactly(span);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL[] senderJars() throws IOException {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> files = Files.list(ServerProcess.fromBuild("zipkin.activemq.sender"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                urls.add(url(file));
            }
        }
        return urls.toArray(new URL[0]);
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }
}
