package zipkin.ee.storage.jpa;

import org.jspecify.annotations.Nullable;
import zipkin.ee.config.HeapShare;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Storage in a SQL database, through a data source of the application server.
 *
 * @param dataSource JNDI name of the data source; null for that of {@code STORAGE_TYPE}
 * @param ensureSchema whether missing tables are created
 * @param writers transactions that write at the same time
 * @param batchSpans maximum number of spans in one transaction
 * @param maxQuerySpans maximum number of spans that one query, or one step of counting links, reads
 * @param address host, port and database as the administrator set them, for messages; without any
 *     secret
 */
public record SqlSettings(
        @Nullable String dataSource,
        boolean ensureSchema,
        int writers,
        int batchSpans,
        int maxQuerySpans,
        SqlAddress address) {
    private static final Setting<String> DATA_SOURCE = Setting.text(
                    "ZIPKIN_DATASOURCE", "", "JNDI name of the application server's data source for any SQL storage.")
            .describedDefault("java:/jdbc/zipkin-postgresql, -mysql or -h2 by STORAGE_TYPE; "
                    + "java:comp/DefaultDataSource with jpa");
    private static final Setting<Boolean> ENSURE_SCHEMA = Setting.flag(
            "ZIPKIN_DB_ENSURE_SCHEMA",
            true,
            "Whether missing tables are created and old ones migrated, which needs the right to do so. When "
                    + "false, a schema that does not match stops the deployment.");
    private static final Setting<Integer> WRITERS = Setting.integer(
            "ZIPKIN_DB_WRITERS",
            2,
            1,
            100,
            "Transactions that write spans at the same time, each with its own thread.");
    private static final Setting<Integer> BATCH_SPANS = Setting.integer(
            "ZIPKIN_DB_BATCH_SPANS",
            2000,
            1,
            100_000,
            "Maximum number of spans that one transaction stores. Small messages that wait share one; a "
                    + "message of more than a quarter of this takes several, in turn with the small ones.");
    private static final Setting<Integer> MAX_QUERY_SPANS = Setting.integer(
                    "ZIPKIN_DB_MAX_QUERY_SPANS",
                    1,
                    1,
                    Integer.MAX_VALUE,
                    "Maximum number of spans that one query, or one step of counting links, reads from the "
                            + "database. Traces beyond are not in the answer.")
            .describedDefault(HeapShare.QUERY_SPANS);

    public static SqlSettings from(SettingsReader reader) {
        return new SqlSettings(
                reader.find(DATA_SOURCE),
                reader.get(ENSURE_SCHEMA),
                reader.get(WRITERS),
                reader.get(BATCH_SPANS),
                reader.get(MAX_QUERY_SPANS, HeapShare.querySpans()),
                reader.section("Data sources of the application server", SqlAddress::from));
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
