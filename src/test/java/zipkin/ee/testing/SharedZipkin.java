package zipkin.ee.testing;

import java.util.Map;

/**
 * The Zipkin EE with default settings that all integration tests of a run share. Tests keep apart
 * by random trace ids. It starts on first use and ends with the JVM.
 */
public final class SharedZipkin {
    private SharedZipkin() {}

    public static ZipkinEeServer server() {
        return Started.SERVER;
    }

    public static ZipkinHttp http() {
        return new ZipkinHttp(server().uri());
    }

    private static final class Started {
        static final ZipkinEeServer SERVER = ZipkinEeServer.start(Map.of());
    }
}
