package zipkin.ee.storage.elasticsearch;

import java.io.IOException;
import java.io.Reader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.Access;
import zipkin.ee.text.SafeLogger;

/**
 * User and password for basic authentication: as they were set, or as the file has them that
 * {@code ES_CREDENTIALS_FILE} names, which is read again after
 * {@code ES_CREDENTIALS_REFRESH_INTERVAL}. Thread safe.
 */
final class Credentials {
    private static final Logger LOGGER = SafeLogger.of(Credentials.class.getName());
    private static final String USERNAME = "zipkin.storage.elasticsearch.username";
    private static final String PASSWORD = "zipkin.storage.elasticsearch.password";

    private final Access access;
    private final LongSupplier nanos;
    private @Nullable String header;
    private long readNanos;
    private boolean read;
    private boolean failed;

    Credentials(Access access, LongSupplier nanos) {
        this.access = access;
        this.nanos = nanos;
    }

    /**
     * Value of the header Authorization; null for none. A file that can't be read leaves what was
     * read before.
     */
    synchronized @Nullable String authorization() {
        String file = access.credentialsFile();
        if (file == null) {
            return basic(access.username(), access.password());
        }
        long now = nanos.getAsLong();
        if (!read || now - readNanos >= access.credentialsRefresh().toNanos()) {
            read = true;
            readNanos = now;
            readFile(Path.of(file));
        }
        return header;
    }

    private void readFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            String username = properties.getProperty(USERNAME);
            String password = properties.getProperty(PASSWORD);
            if (username == null || password == null) {
                throw new IOException("it needs " + USERNAME + " and " + PASSWORD);
            }
            header = basic(username, password);
            failed = false;
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(
                    failed ? Level.DEBUG : Level.WARNING,
                    "ES_CREDENTIALS_FILE {0} can''t be read, which leaves user and password as they were: {1}",
                    file,
                    e.toString());
            failed = true;
        }
    }

    private static @Nullable String basic(@Nullable String username, @Nullable String password) {
        if (username == null || password == null) {
            return null;
        }
        byte[] bytes = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }
}
