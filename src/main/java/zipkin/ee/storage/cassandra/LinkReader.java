package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import zipkin2.DependencyLink;
import zipkin2.internal.DependencyLinker;

/** Reads dependency links from the table that the Spark job writes too. */
final class LinkReader {
    private static final int MAX_DAYS = 3660;

    private LinkReader() {}

    /** Links of all days that the window touches, in UTC. */
    static List<DependencyLink> read(OpenSession session, Instant now, long endMillis, long lookbackMillis) {
        LocalDate last = day(endMillis);
        LocalDate first = day(Math.max(0, endMillis - lookbackMillis));
        LocalDate oldest = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(MAX_DAYS);
        List<BoundStatement> statements = new ArrayList<>();
        for (LocalDate day = first.isBefore(oldest) ? oldest : first;
                !day.isAfter(last) && statements.size() < MAX_DAYS;
                day = day.plusDays(1)) {
            statements.add(session.prepare("SELECT parent, child, calls, errors FROM ks.dependency WHERE day = ?")
                    .bind(day));
        }
        List<DependencyLink> found = new ArrayList<>();
        statements.forEach(statement -> session.each(statement, row -> {
            if (row.getLong("calls") > 0) {
                found.add(DependencyLink.newBuilder()
                        .parent(String.valueOf(row.getString("parent")))
                        .child(String.valueOf(row.getString("child")))
                        .callCount(row.getLong("calls"))
                        .errorCount(Math.max(0, row.getLong("errors")))
                        .build());
            }
        }));
        return DependencyLinker.merge(found);
    }

    private static LocalDate day(long millis) {
        return LocalDate.ofEpochDay(Math.min(millis / Duration.ofDays(1).toMillis(), LocalDate.MAX.toEpochDay() - 1));
    }
}
