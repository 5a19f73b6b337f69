package zipkin.ee.ui;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Content types by file name extension, as in the reference. */
final class ContentTypes {
    static final String HTML = "text/html; charset=utf-8";
    static final String JSON = "application/json; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("gif", "image/gif"),
            Map.entry("htm", HTML),
            Map.entry("html", HTML),
            Map.entry("ico", "image/x-icon"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("js", "application/javascript; charset=utf-8"),
            Map.entry("json", JSON),
            Map.entry("png", "image/png"),
            Map.entry("svg", "image/svg+xml; charset=utf-8"),
            Map.entry("ttf", "application/x-font-ttf"),
            Map.entry("txt", TEXT),
            Map.entry("webmanifest", "application/manifest+json; charset=utf-8"),
            Map.entry("webp", "image/webp"),
            Map.entry("woff", "application/font-woff"),
            Map.entry("woff2", "application/font-woff2"));

    private ContentTypes() {}

    /** Null for an unknown extension, whose answer has no Content-Type. */
    static @Nullable String of(String fileName) {
        String ending = fileName.substring(fileName.lastIndexOf('.') + 1);
        return BY_ENDING.get(ending.toLowerCase(Locale.ROOT));
    }
}
