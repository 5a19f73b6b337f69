package zipkin.ee.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import zipkin.ee.cdi.SingleInstance;

/** The version and the commit that the build wrote into {@code version.properties}. */
@SingleInstance
public final class Version {
    private final String version;
    private final String commit;

    public Version() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/zipkin/ee/version.properties")) {
            if (in == null) {
                throw new IllegalStateException("zipkin/ee/version.properties is not in the WAR");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.version = properties.getProperty("version", "");
        this.commit = properties.getProperty("commit", "");
    }

    public String version() {
        return version;
    }

    /** Seven digits, or empty if it was built outside of a repository. */
    public String commit() {
        return commit.startsWith("$") ? "" : commit;
    }
}
