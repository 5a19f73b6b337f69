package zipkin.ee.discovery;

import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.concurrent.ContainerTimer;
import zipkin.ee.ops.ServerAddress;
import zipkin.ee.text.SafeLogger;

/**
 * Registers this server once it has started, renews its lease every 30 s, and registers again when
 * Eureka has lost it. While Eureka does not answer, the attempt is repeated every five seconds;
 * nothing else is affected.
 */
@SingleInstance
class EurekaRegistration {
    private static final Logger LOGGER = SafeLogger.of(EurekaRegistration.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final long RENEWAL_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final EurekaSettings settings;
    private final ServerAddress server;
    private final ContainerTimer timer;
    private @Nullable EurekaClient eureka;
    private @Nullable Instance registered;
    private long renewedNanos;
    private boolean failed;
    private boolean stopped;

    @Inject
    EurekaRegistration(EurekaSettings settings, ServerAddress server, ContainerTimer timer) {
        this.settings = settings;
        this.server = server;
        this.timer = timer;
    }

    /** Does nothing without EUREKA_SERVICE_URL. */
    void start() {
        URI url = settings.serviceUrl();
        if (settings.enabled() && url != null) {
            eureka = new EurekaClient(url);
            timer.every(PAUSE, this::keep);
        }
    }

    private synchronized void keep() {
        EurekaClient client = eureka;
        if (stopped || client == null || !server.started()) {
            return;
        }
        try {
            Instance known = registered;
            if (known == null) {
                register(client);
            } else if (System.nanoTime() - renewedNanos >= RENEWAL_NANOS) {
                if (client.renew(known.app(), known.id(), known.startMillis())) {
                    renewedNanos = System.nanoTime();
                } else {
                    register(client);
                }
            }
            failed = false;
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    failed ? Level.DEBUG : Level.WARNING,
                    "Cannot register with Eureka at {0}, which is tried again: {1}",
                    client.address(),
                    e.getMessage());
            failed = true;
        }
    }

    private void register(EurekaClient client) throws IOException {
        Instance instance = Instance.of(settings, server.root().getPort(), System.currentTimeMillis());
        client.register(instance.app(), instance.json());
        registered = instance;
        renewedNanos = System.nanoTime();
        LOGGER.log(Level.INFO, "Registered with Eureka at {0} as {1}", client.address(), instance.id());
    }

    /** Removes this server from the registry, so that no client is sent to it any more. */
    synchronized void stop() {
        stopped = true;
        EurekaClient client = eureka;
        Instance known = registered;
        if (client == null || known == null) {
            return;
        }
        try {
            client.deregister(known.app(), known.id());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    "Cannot leave Eureka at {0}, which forgets this server by itself: {1}",
                    client.address(),
                    e.getMessage());
        }
    }
}
