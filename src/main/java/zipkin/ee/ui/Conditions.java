package zipkin.ee.ui;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Conditional requests: which content the client has already (RFC 9110, section 13).
 */
final class Conditions {
    private Conditions() {}

    /**
     * Whether the client has the content already. {@code If-Modified-Since} counts only without
     * {@code If-None-Match}; an unreadable date is ignored.
     */
    static boolean isFresh(
            Asset asset, Instant lastModified, @Nullable String ifNoneMatch, @Nullable String ifModifiedSince) {
        if (ifNoneMatch != null) {
            return Arrays.stream(ifNoneMatch.split(",", -1))
                    .map(Conditions::opaqueTag)
                    .anyMatch(tag -> tag.equals("*") || asset.isTagged(tag));
        }
        if (ifModifiedSince == null) {
            return false;
        }
        try {
            Instant since = DateTimeFormatter.RFC_1123_DATE_TIME.parse(ifModifiedSince, Instant::from);
            return !lastModified.isAfter(since);
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Tags are compared weakly, and accepted without quotes, as in the reference. */
    private static String opaqueTag(String text) {
        String tag = text.trim();
        if (tag.startsWith("W/")) {
            tag = tag.substring(2);
        }
        boolean quoted = tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
        return quoted ? tag.substring(1, tag.length() - 1) : tag;
    }
}
