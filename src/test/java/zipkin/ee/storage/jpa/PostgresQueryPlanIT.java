package zipkin.ee.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zipkin.ee.storage.jpa.StatementRecorder.Recorded;
import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;

/**
 * The plans for the parameters, and the one for any parameters, which PostgreSQL may take for a
 * statement that is sent often.
 */
class PostgresQueryPlanIT extends QueryPlanContract {
    private static final DatabaseAccess OWNER =
            PostgresServer.shared(PostgresVersion.V18).createDatabase().owner();
    private static final Pattern SCAN = Pattern.compile("Seq Scan on (zipkin_\\w+)");
    private static final Pattern COST = Pattern.compile("\\.\\.(\\d+\\.\\d+)");
    private static final Pattern WHOLE_INDEX = Pattern.compile("Index Only Scan using (\\w+) on (zipkin_\\w+)");

    PostgresQueryPlanIT() {
        super(OWNER);
    }

    @Override
    void analyze(DatabaseAccess access) {
        access.column("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'zipkin\\_%'")
                .forEach(table -> access.execute("VACUUM ANALYZE " + table));
    }

    @Override
    List<String> explain(Connection connection, Recorded recorded, Map<String, String> aliases, Set<String> scans)
            throws SQLException {
        List<String> plan = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + recorded.sql())) {
            recorded.set(statement);
            read(statement.executeQuery(), plan);
        }
        int ofTheseParameters = plan.size();
        plan.add("For any parameters:");
        AtomicInteger number = new AtomicInteger();
        String numbered =
                Pattern.compile("\\?").matcher(recorded.sql()).replaceAll(any -> "\\$" + number.incrementAndGet());
        try (Connection simple = simple().connect();
                Statement statement = simple.createStatement()) {
            read(statement.executeQuery("EXPLAIN (GENERIC_PLAN) " + numbered), plan);
        }
        boolean dearer = cost(plan.get(ofTheseParameters + 1)) > cost(plan.get(0));
        for (int i = 0; i < (dearer ? ofTheseParameters : plan.size()); i++) {
            Matcher scan = SCAN.matcher(plan.get(i));
            if (scan.find()) {
                scans.add(scan.group(1));
            }
            Matcher index = WHOLE_INDEX.matcher(plan.get(i));
            boolean condition = i + 1 < plan.size() && plan.get(i + 1).contains("Index Cond:");
            if (index.find() && !condition) {
                scans.add(index.group(2) + " by " + index.group(1));
            }
        }
        return plan;
    }

    /** PostgreSQL takes the plan for any parameters only when it does not cost more. */
    private static double cost(String firstLine) {
        Matcher cost = COST.matcher(firstLine);
        if (!cost.find()) {
            throw new IllegalStateException(firstLine);
        }
        return Double.parseDouble(cost.group(1));
    }

    /** The driver's usual protocol wants values for all parameters. */
    private static DatabaseAccess simple() {
        return new DatabaseAccess(OWNER.jdbcUrl() + "?preferQueryMode=simple", OWNER.user(), OWNER.password());
    }

    private static void read(ResultSet rows, List<String> plan) throws SQLException {
        try (rows) {
            while (rows.next()) {
                plan.add(rows.getString(1));
            }
        }
    }
}
