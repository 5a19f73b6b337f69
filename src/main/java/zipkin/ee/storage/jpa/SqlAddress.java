package zipkin.ee.storage.jpa;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.text.SecretMask;

/**
 * Where the database is, by the settings that expressions of the application server's data sources
 * read (server-config). Here they serve for messages only, and passwords are not kept.
 *
 * @param place {@code localhost:5432/zipkin}, a file, or a JDBC URL without its parameters; null
 *     when only the data source knows
 * @param credentials the settings that hold user and password, for advice; null when only the data
 *     source knows
 */
public record SqlAddress(@Nullable String place, @Nullable String credentials) {
    /** Ends the description of all of them. */
    private static final String BY_SERVER =
            " Read by the application server's data source (server-config/wildfly/datasources).";

    /** A user and properties where they belong; anywhere else they may be mistaken for a host. */
    private static final Pattern JDBC_URL =
            Pattern.compile("(jdbc:[a-z0-9:+]+(?://)?)(?:[^?;()]*@)?([^?;()@]*)(?:[?;][^@()]*)?");

    private static final Pattern HOST = Pattern.compile("[\\w.-]+|\\[?[0-9a-fA-F:]+]?");

    private static final Setting<String> POSTGRES_HOST = text("POSTGRES_HOST", "localhost", "Host of PostgreSQL.");
    private static final Setting<Integer> POSTGRES_PORT =
            number("POSTGRES_PORT", 5432, 1, 65535, "Port of PostgreSQL.");
    private static final Setting<String> POSTGRES_DB = text("POSTGRES_DB", "zipkin", "Database of PostgreSQL.");
    private static final Setting<String> POSTGRES_USER = text("POSTGRES_USER", "zipkin", "User of PostgreSQL.");
    private static final Setting<String> POSTGRES_PASS = password("POSTGRES_PASS", "Password of PostgreSQL.");
    private static final Setting<Boolean> POSTGRES_USE_SSL =
            flag("POSTGRES_USE_SSL", "Whether connections to PostgreSQL use TLS.");
    private static final Setting<Integer> POSTGRES_MAX_CONNECTIONS =
            number("POSTGRES_MAX_CONNECTIONS", 10, 1, 10_000, "Maximum number of connections to PostgreSQL.");
    private static final Setting<Integer> POSTGRES_PREPARE_THRESHOLD = number(
            "POSTGRES_PREPARE_THRESHOLD",
            5,
            0,
            1_000_000,
            "Number of executions after which a statement is prepared in PostgreSQL; 0 for never, which "
                    + "transaction poolers such as pgbouncer before 1.21 need.");
    private static final Setting<String> POSTGRES_JDBC_URL = jdbcUrl("POSTGRES_JDBC_URL");

    private static final Setting<String> MYSQL_HOST = text("MYSQL_HOST", "localhost", "Host of MySQL or MariaDB.");
    private static final Setting<Integer> MYSQL_PORT =
            number("MYSQL_TCP_PORT", 3306, 1, 65535, "Port of MySQL or MariaDB.");
    private static final Setting<String> MYSQL_DB = text("MYSQL_DB", "zipkin", "Database of MySQL or MariaDB.");
    private static final Setting<String> MYSQL_USER = text("MYSQL_USER", "zipkin", "User of MySQL or MariaDB.");
    private static final Setting<String> MYSQL_PASS = password("MYSQL_PASS", "Password of MySQL or MariaDB.");
    private static final Setting<Boolean> MYSQL_USE_SSL =
            flag("MYSQL_USE_SSL", "Whether connections to MySQL or MariaDB use TLS.");
    private static final Setting<Integer> MYSQL_MAX_CONNECTIONS =
            number("MYSQL_MAX_CONNECTIONS", 10, 1, 10_000, "Maximum number of connections to MySQL or MariaDB.");
    private static final Setting<String> MYSQL_JDBC_URL = jdbcUrl("MYSQL_JDBC_URL");

    private static final Setting<String> DB_FILE = text(
                    "ZIPKIN_DB_FILE", "", "File of STORAGE_TYPE=h2, without the ending .mv.db.")
            .describedDefault("zipkin in the application server's data directory");

    private static Setting<String> text(String name, String defaultText, String description) {
        return Setting.text(name, defaultText, description + BY_SERVER).readByServer();
    }

    /** A password may begin or end with a blank. */
    private static Setting<String> password(String name, String description) {
        return Setting.text(name, "", description + BY_SERVER);
    }

    private static Setting<String> jdbcUrl(String name) {
        return text(name, "", "Whole JDBC URL, which replaces host, port and database.")
                .describedDefault("made from the settings above");
    }

    private static Setting<Integer> number(String name, int defaultValue, int min, int max, String description) {
        return Setting.integer(name, defaultValue, min, max, description + BY_SERVER)
                .readByServer();
    }

    /** The drivers know no other words; PostgreSQL's takes any other one for false. */
    private static Setting<Boolean> flag(String name, String description) {
        return Setting.strictFlag(name, false, description + BY_SERVER);
    }

    public static SqlAddress from(SettingsReader reader) {
        String storageType =
                reader.get(StorageSettings.TYPE).stream().findFirst().orElse("");
        reader.check(POSTGRES_HOST, POSTGRES_PORT, POSTGRES_DB, POSTGRES_USER, POSTGRES_PASS, POSTGRES_USE_SSL);
        reader.check(POSTGRES_MAX_CONNECTIONS, POSTGRES_PREPARE_THRESHOLD, POSTGRES_JDBC_URL);
        reader.check(MYSQL_HOST, MYSQL_PORT, MYSQL_DB, MYSQL_USER, MYSQL_PASS, MYSQL_USE_SSL);
        reader.check(MYSQL_MAX_CONNECTIONS, MYSQL_JDBC_URL, DB_FILE);
        return switch (storageType) {
            case "postgresql" ->
                new SqlAddress(
                        place(reader, POSTGRES_JDBC_URL, POSTGRES_HOST, POSTGRES_PORT, POSTGRES_DB),
                        "POSTGRES_USER and POSTGRES_PASS");
            case "mysql", "mariadb" ->
                new SqlAddress(
                        place(reader, MYSQL_JDBC_URL, MYSQL_HOST, MYSQL_PORT, MYSQL_DB), "MYSQL_USER and MYSQL_PASS");
            case "h2" -> new SqlAddress(reader.find(DB_FILE), null);
            default -> new SqlAddress(null, null);
        };
    }

    private static String host(SettingsReader reader, Setting<String> setting) {
        String text = reader.get(setting);
        return HOST.matcher(text).matches() ? text : SecretMask.value(setting.name(), text);
    }

    private static String withoutSecrets(String url) {
        Matcher known = JDBC_URL.matcher(url);
        return known.matches() ? known.group(1) + known.group(2) : SecretMask.value("JDBC_URL", url);
    }

    private static String place(
            SettingsReader reader,
            Setting<String> url,
            Setting<String> host,
            Setting<Integer> port,
            Setting<String> database) {
        String whole = reader.find(url);
        return whole == null
                ? host(reader, host) + ":" + reader.get(port) + "/"
                        + SecretMask.value(database.name(), reader.get(database))
                : withoutSecrets(whole);
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
