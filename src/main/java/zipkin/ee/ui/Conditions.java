package zipkin.ee.ui;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What request headers say about the content that the client has and the coding that it takes (RFC 9110, sections 12 and 13). */
final class Conditions {
    private Conditions() {}

    /**
     * Whether the client has the content already. {@code If-Modified-Since} counts only without {@code If-None-Match}; a date
     * that cannot be read is none.
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

    /** Tags are compared weakly, and taken without quotes as well, as the reference does. */
    private static String opaqueTag(String text) {
        String tag = text.trim();
        if (tag.startsWith("W/")) {
            tag = tag.substring(2);
        }
        boolean quoted = tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
        return quoted ? tag.substring(1, tag.length() - 1) : tag;
    }

    /** Whether an {@code Accept-Encoding} header takes gzip: by its name, or else by {@code *}, and not with {@code q=0}. */
    static boolean takesGzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        boolean any = false;
        for (String item : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = item.split(";", -1);
            String coding = parts[0].trim();
            if (coding.equals("gzip") || coding.equals("x-gzip")) {
                return isTaken(parts);
            }
            if (coding.equals("*")) {
                any = isTaken(parts);
            }
        }
        return any;
    }

    private static boolean isTaken(String[] parts) {
        return Arrays.stream(parts).skip(1).map(p -> p.replaceAll("\\s", "")).noneMatch(p -> p.matches("q=0(\\.0*)?"));
    }
}
