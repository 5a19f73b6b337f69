package zipkin.ee.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Lens's {@code index.html}, adapted to a reverse proxy that serves it below another path. */
final class LensIndex {
    /** One minute: the index refers to the hashed files, so updates should show soon. */
    static final int MAX_AGE_SECONDS = 60;

    /** The path for which Lens is built. */
    private static final String BUILT_FOR = "/zipkin";

    private LensIndex() {}

    static Asset asset(byte[] html, String basePath) {
        String rebased = rebase(new String(html, UTF_8), basePath);
        return new Asset(rebased.getBytes(UTF_8), ContentTypes.HTML, MAX_AGE_SECONDS);
    }

    /**
     * Changes {@code <base href>}, by which Lens finds its routes and the API, to
     * {@code basePath/}. All other links below {@code /zipkin} become relative to it.
     *
     * @param basePath without a slash at its end; empty for the root
     */
    static String rebase(String html, String basePath) {
        if (basePath.equals(BUILT_FOR)) {
            return html;
        }
        return html.replace("=\"" + BUILT_FOR + "/", "=\"./")
                .replace("<base href=\"./", "<base href=\"" + basePath + "/");
    }
}
