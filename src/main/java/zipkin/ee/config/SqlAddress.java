package zipkin.ee.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin.ee.text.SecretMask;

/**
 * Where the database is, as the expressions of the application server's data sources read it
 * (server-config). Here it serves for messages alone: passwords are not kept.
 *
 * @param place {@code localhost:5432/zipkin}, a file, or a JDBC URL without its parameters; null
 *     when only the data source knows
 * @param credentials the settings that hold user and password, for advice; null when only the data
 *     source knows
 */
public record SqlAddress(@Nullable String place, @Nullable String credentials) {
    private static final String BY_SERVER =
            " Read by the application server's data source (server-config/wildfly/datasources).";

    /** A user and properties where they belong; anywhere else they may be mistaken for a host. */
    private static final Pattern JDBC_URL =
            Pattern.compile("(jdbc:[a-z0-9:+]+(?://)?)(?:[^?;()]*@)?([^?;()@]*)(?:[?;][^@()]*)?");

    private static final Pattern HOST = Pattern.compile("[\\w.-]+|\\[?[0-9a-fA-F:]+]?");

    private static final Setting<String> POSTGRES_HOST =
            Setting.text("POSTGRES_HOST", "localhost", "Host of PostgreSQL." + BY_SERVER);
    private static final Setting<Integer> POSTGRES_PORT =
            Setting.integer("POSTGRES_PORT", 5432, 1, 65535, "Port of PostgreSQL." + BY_SERVER);
    private static final Setting<String> POSTGRES_DB =
            Setting.text("POSTGRES_DB", "zipkin", "Database of PostgreSQL." + BY_SERVER);
    private static final Setting<String> POSTGRES_USER =
            Setting.text("POSTGRES_USER", "zipkin", "User of PostgreSQL." + BY_SERVER);
    private static final Setting<String> POSTGRES_PASS =
            Setting.text("POSTGRES_PASS", "", "Password of PostgreSQL." + BY_SERVER);
    private static final Setting<Boolean> POSTGRES_USE_SSL =
            Setting.flag("POSTGRES_USE_SSL", false, "Whether connections to PostgreSQL are encrypted." + BY_SERVER);
    private static final Setting<Integer> POSTGRES_MAX_CONNECTIONS =
            Setting.integer("POSTGRES_MAX_CONNECTIONS", 10, 1, 10_000, "Most connections to PostgreSQL." + BY_SERVER);
    private static final Setting<Integer> POSTGRES_PREPARE_THRESHOLD = Setting.integer(
            "POSTGRES_PREPARE_THRESHOLD",
            5,
            0,
            1_000_000,
            "From which execution on a statement is prepared in PostgreSQL; 0 never, for poolers of "
                    + "transactions such as pgbouncer before 1.21."
                    + BY_SERVER);
    private static final Setting<String> POSTGRES_JDBC_URL = Setting.text(
                    "POSTGRES_JDBC_URL", "", "Whole JDBC URL, in place of host, port and database." + BY_SERVER)
            .describedDefault("made from the settings above");

    private static final Setting<String> MYSQL_HOST =
            Setting.text("MYSQL_HOST", "localhost", "Host of MySQL or MariaDB." + BY_SERVER);
    private static final Setting<Integer> MYSQL_PORT =
            Setting.integer("MYSQL_TCP_PORT", 3306, 1, 65535, "Port of MySQL or MariaDB." + BY_SERVER);
    private static final Setting<String> MYSQL_DB =
            Setting.text("MYSQL_DB", "zipkin", "Database of MySQL or MariaDB." + BY_SERVER);
    private static final Setting<String> MYSQL_USER =
            Setting.text("MYSQL_USER", "zipkin", "User of MySQL or MariaDB." + BY_SERVER);
    private static final Setting<String> MYSQL_PASS =
            Setting.text("MYSQL_PASS", "", "Password of MySQL or MariaDB." + BY_SERVER);
    private static final Setting<Boolean> MYSQL_USE_SSL =
            Setting.flag("MYSQL_USE_SSL", false, "Whether connections to MySQL or MariaDB are encrypted." + BY_SERVER);
    private static final Setting<Integer> MYSQL_MAX_CONNECTIONS = Setting.integer(
            "MYSQL_MAX_CONNECTIONS", 10, 1, 10_000, "Most connections to MySQL or MariaDB." + BY_SERVER);
    private static final Setting<String> MYSQL_JDBC_URL = Setting.text(
                    "MYSQL_JDBC_URL", "", "Whole JDBC URL, in place of host, port and database." + BY_SERVER)
            .describedDefault("made from the settings above");

    private static final Setting<String> DB_FILE = Setting.text(
                    "ZIPKIN_DB_FILE", "", "File of STORAGE_TYPE=h2, without the ending .mv.db." + BY_SERVER)
            .describedDefault("zipkin in the application server's data directory");

    static List<Setting<?>> settings() {
        return List.of(
                POSTGRES_HOST,
                POSTGRES_PORT,
                POSTGRES_DB,
                POSTGRES_USER,
                POSTGRES_PASS,
                POSTGRES_USE_SSL,
                POSTGRES_MAX_CONNECTIONS,
                POSTGRES_PREPARE_THRESHOLD,
                POSTGRES_JDBC_URL,
                MYSQL_HOST,
                MYSQL_PORT,
                MYSQL_DB,
                MYSQL_USER,
                MYSQL_PASS,
                MYSQL_USE_SSL,
                MYSQL_MAX_CONNECTIONS,
                MYSQL_JDBC_URL,
                DB_FILE);
    }

    /** Every setting is checked here, also those of other databases; passwords are not kept. */
    static SqlAddress from(SettingsReader reader, String storageType) {
        settings().forEach(reader::find);
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
