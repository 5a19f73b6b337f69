package zipkin.ee.ui;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.UiSettings;

/**
 * The content below {@code /zipkin}: {@code config.json}, the files of Lens, and its index for all
 * routes that Lens handles in the browser.
 */
final class Lens {
    private static final Pattern INDEX_ROUTE =
            Pattern.compile("/|/index\\.html|/dependency|/traceViewer|/traces/[^/]+");

    private final LensFiles files;
    private final Asset index;
    private final Asset config;
    private final Instant lastModified;

    /**
     * @param startedAt when this deployment first served the UI
     */
    Lens(UiSettings settings, LensFiles files, Instant startedAt) {
        this.files = files;
        this.index = LensIndex.asset(files.read("/index.html"), settings.basePath());
        this.config = ConfigJson.asset(settings);
        this.lastModified = startedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Returns the content of a path, or null.
     *
     * @param path the part below {@code /zipkin}, with a slash at its beginning
     */
    @Nullable
    Asset find(String path) {
        if (path.equals("/config.json")) {
            return config;
        }
        return INDEX_ROUTE.matcher(path).matches() ? index : files.find(path);
    }

    /**
     * The time of the deployment, for all files. With reproducible builds all files have the same
     * time, so clients that use no entity tags would keep old versions.
     */
    Instant lastModified() {
        return lastModified;
    }
}
