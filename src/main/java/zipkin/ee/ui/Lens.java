package zipkin.ee.ui;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.UiSettings;

/**
 * Content below {@code /zipkin}: {@code config.json}, the index for the routes that Lens draws, and
 * its files.
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
     * The content of a path, or null when there is none.
     *
     * @param path as requested, below {@code /zipkin}, beginning with a slash
     */
    @Nullable
    Asset find(String path) {
        if (path.equals("/config.json")) {
            return config;
        }
        return INDEX_ROUTE.matcher(path).matches() ? index : files.find(path);
    }

    /**
     * The modification time of all content is that of the deployment. Files have the time of the
     * build, which is the same for all reproducible builds, so that a client without entity tags
     * would keep an old file.
     */
    Instant lastModified() {
        return lastModified;
    }
}
