package zipkin.ee.config;

import java.net.URI;
import java.util.Locale;

/** Reads URLs of other servers. All methods throw IllegalArgumentException for other texts. */
public final class HttpUrl {
    private HttpUrl() {}

    /** An http or https URL with a host. */
    public static URI of(String text) {
        URI uri = URI.create(text);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
            throw new IllegalArgumentException("not http or https");
        }
        return uri;
    }

    /** A URL without anything that may be secret. */
    public static URI plain(String text) {
        URI uri = withoutUser(text);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("has a query or a fragment");
        }
        return uri;
    }

    public static URI withoutUser(String text) {
        URI uri = of(text);
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("has a user");
        }
        return uri;
    }
}
