package zipkin.ee.ops;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.config.UiSettings;
import zipkin.ee.storage.SelectedStorage;
import zipkin.ee.text.LogText;
import zipkin.ee.text.SafeLogger;

/**
 * Logs an overview when the server is up: version, address, storage, and which transports are on or
 * off and why. It waits until the server answers, so that it appears after the server's own lines.
 */
@SingleInstance
final class StartupScreen {
    private static final Logger LOGGER = SafeLogger.ofScreens("zipkin.ee");
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int POLL_MILLIS = 100;
    private static final int SETTLE_MILLIS = 500;
    private static final int TIMEOUT_MILLIS = 2000;

    private final UiSettings ui;
    private final QuerySettings query;
    private final Version version;
    private final ServerAddress address;
    private final OtherListeners listeners;
    private final SelectedStorage storage;
    private final Instance<Transport> transports;
    private final ContainerPools pools;

    @Inject
    StartupScreen(
            UiSettings ui,
            QuerySettings query,
            Version version,
            ServerAddress address,
            OtherListeners listeners,
            SelectedStorage storage,
            Instance<Transport> transports,
            ContainerPools pools) {
        this.ui = ui;
        this.query = query;
        this.version = version;
        this.address = address;
        this.listeners = listeners;
        this.storage = storage;
        this.transports = transports;
        this.pools = pools;
    }

    /** Returns at once. The screen is logged at most two minutes later. */
    void logWhenUp() {
        pools.pool(1, 1).execute(this::awaitAndLog);
    }

    private void awaitAndLog() {
        long start = System.nanoTime();
        try {
            while (!(address.started() && answers()) && System.nanoTime() - start < LIMIT_NANOS) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            LOGGER.log(Level.INFO, this::text);
        } catch (InterruptedException e) {
            // The application is being stopped before it was up.
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the server answers at all; the storage may be down. */
    private boolean answers() {
        try {
            URI health = address.root().resolve("/health");
            HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status == 200 || status == 503;
        } catch (IOException e) {
            return false;
        }
    }

    /** The screen has a row for each thing that operators look for first. */
    String text() {
        StringBuilder text = new StringBuilder("Zipkin EE ").append(version.version());
        if (!version.commit().isEmpty()) {
            text.append(" (").append(version.commit()).append(')');
        }
        URI root = address.root();
        row(text, "UI", ui.enabled() ? root + "/zipkin/" : "off: UI_ENABLED or QUERY_ENABLED is false");
        row(text, "API", query.enabled() ? root + "/api/v2" : "off: QUERY_ENABLED=false");
        List<OtherListeners.Listener> others = listeners.all();
        if (!others.isEmpty()) {
            row(
                    text,
                    "ports",
                    root.getPort() + others.stream().map(StartupScreen::port).collect(Collectors.joining()));
        }
        row(text, "storage", storage());
        for (Transport transport : transports) {
            row(text, transport.label(), state(transport));
        }
        return text.toString();
    }

    private static String port(OtherListeners.Listener listener) {
        return ", " + listener.port() + " (" + listener.name()
                + (listener.open() ? ")" : " could not be opened; the errors above say why)");
    }

    private static String state(Transport transport) {
        if (!transport.enabled()) {
            return "off: " + transport.detail();
        }
        String problem = transport.problem();
        return problem == null ? "on: " + transport.detail() : "waits: " + transport.detail() + ". " + problem;
    }

    private String storage() {
        String summary = storage.summary();
        return "STORAGE_TYPE=" + storage.type() + (summary.isEmpty() ? "" : ", " + summary);
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format("%n  %-10s%s", name, LogText.line(value)));
    }
}
