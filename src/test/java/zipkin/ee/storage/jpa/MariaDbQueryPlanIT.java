package zipkin.ee.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import zipkin.ee.storage.jpa.StatementRecorder.Recorded;
import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.MariaDbServer;

class MariaDbQueryPlanIT extends QueryPlanContract {
    MariaDbQueryPlanIT() {
        super(MariaDbServer.shared().createDatabase().owner());
    }

    @Override
    void analyze(DatabaseAccess access) {
        access.column("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")
                .forEach(table -> access.execute("ANALYZE TABLE " + table));
    }

    @Override
    List<String> explain(Connection connection, Recorded recorded, Map<String, String> aliases, Set<String> scans)
            throws SQLException {
        List<String> plan = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + recorded.sql())) {
            recorded.set(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String alias = rows.getString("table");
                    String type = rows.getString("type");
                    String key = rows.getString("key");
                    plan.add(alias + ": " + type + " by " + key + ", " + rows.getString("rows") + " rows, "
                            + rows.getString("Extra"));
                    String table = alias == null ? null : aliases.get(alias);
                    if (table != null && ("ALL".equals(type) || "index".equals(type))) {
                        scans.add(key == null ? table : table + " by " + key);
                    }
                }
            }
        }
        return plan;
    }
}
