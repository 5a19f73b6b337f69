package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import zipkin.ee.link.LinkChanges.Change;
import zipkin.ee.link.LinkChanges.Link;

/**
 * A step of counting, as lines whose fields are separated by tabs: {@code trace} with what it has
 * contributed, {@code link} with what to add. Names of services have neither tabs nor line feeds
 * here: such are replaced. Applying a step again does no harm: sums know the last step that is in
 * them.
 */
final class LinkStep {
    private static final String TAB = "\t";

    private final OpenSession session;
    private final InFlight inFlight;

    LinkStep(OpenSession session, InFlight inFlight) {
        this.session = session;
        this.inFlight = inFlight;
    }

    /**
     * What is counted of a trace.
     *
     * @param keys under which it has rows: more than one when some of its spans have the whole id
     *     and some its low 64 bits
     */
    record Contribution(Set<String> keys, Map<Link, Change> links) {}

    /** Writes a step's lines. */
    static final class Writer {
        private final List<String> lines = new ArrayList<>();

        /**
         * @param lowId low 64 bits of the trace's id
         */
        void trace(String lowId, Contribution contribution) {
            lines.add("trace" + TAB + lowId + TAB + String.join(" ", contribution.keys()) + TAB
                    + fields(contribution.links()));
        }

        void link(Link link, long calls, long errors) {
            lines.add(String.join(
                    TAB,
                    "link",
                    Integer.toString(link.day()),
                    plain(link.parent()),
                    plain(link.child()),
                    Long.toString(calls),
                    Long.toString(errors)));
        }

        String text() {
            return String.join("\n", lines);
        }
    }

    private static String plain(String name) {
        return name.replaceAll("[\\t\\n\\r]", " ");
    }

    /** day, parent, child, calls and errors of each link, by turns. */
    private static String fields(Map<Link, Change> links) {
        List<String> fields = new ArrayList<>();
        links.forEach((link, change) -> {
            fields.add(Integer.toString(link.day()));
            fields.add(plain(link.parent()));
            fields.add(plain(link.child()));
            fields.add(Long.toString(change.calls()));
            fields.add(Long.toString(change.errors()));
        });
        return String.join(TAB, fields);
    }

    /** What is counted of these traces, in their order; empty of one of which nothing is. */
    List<Contribution> contributions(Collection<String> lowIds) {
        PreparedStatement select = session.prepare("SELECT keys, links FROM ks.link_trace WHERE trace_id = ?");
        List<BoundStatement> statements = lowIds.stream().map(select::bind).toList();
        List<Contribution> contributions = new ArrayList<>();
        for (AsyncResultSet result : inFlight.all(session, statements)) {
            Set<String> keys = new LinkedHashSet<>();
            Map<Link, Change> links = new TreeMap<>();
            Row row = result.one();
            if (row != null) {
                keys.addAll(List.of(String.valueOf(row.getString(0)).split(" ", -1)));
                read(String.valueOf(row.getString(1)).split(TAB, -1), links);
            }
            contributions.add(new Contribution(keys, links));
        }
        return contributions;
    }

    private static void read(String[] fields, Map<Link, Change> links) {
        for (int i = 0; i + 4 < fields.length; i += 5) {
            links.put(
                    new Link(Integer.parseInt(fields[i]), fields[i + 1], fields[i + 2]),
                    new Change(Long.parseLong(fields[i + 3]), Long.parseLong(fields[i + 4])));
        }
    }

    void apply(long step, String text) {
        List<BoundStatement> others = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split(TAB, 4);
            switch (fields[0]) {
                case "trace" ->
                    others.add(session.prepare("INSERT INTO ks.link_trace (trace_id, keys, links) VALUES (?, ?, ?)")
                            .bind(fields[1], fields[2], fields[3]));
                case "link" -> applyLink(step, line.split(TAB, -1));
                default -> {
                    // The first state has no step.
                }
            }
        }
        inFlight.all(session, others);
    }

    private void applyLink(long step, String[] fields) {
        LocalDate day = LocalDate.ofEpochDay(Long.parseLong(fields[1]));
        String parent = fields[2];
        String child = fields[3];
        long[] sum = sum(day, parent, child);
        if (sum[0] < step) {
            sum[1] += Long.parseLong(fields[4]);
            sum[2] += Long.parseLong(fields[5]);
            session.change(session.prepare("INSERT INTO ks.link_count (day, parent, child, step, calls, errors)"
                            + " VALUES (?, ?, ?, ?, ?, ?)")
                    .bind(day, parent, child, step, sum[1], sum[2]));
        }
        session.change(
                session.prepare("INSERT INTO ks.dependency (day, parent, child, calls, errors) VALUES (?, ?, ?, ?, ?)")
                        .bind(day, parent, child, sum[1], sum[2]));
    }

    /**
     * The last step, calls and errors; those of the Spark job, or of nobody, where nothing was
     * counted live.
     */
    private long[] sum(LocalDate day, String parent, String child) {
        long[] sum = {-1, 0, 0};
        session.each(
                session.prepare("SELECT step, calls, errors FROM ks.link_count WHERE day = ? AND parent "
                                + "= ? AND child = ?")
                        .bind(day, parent, child),
                row -> {
                    sum[0] = row.getLong("step");
                    sum[1] = row.getLong("calls");
                    sum[2] = row.getLong("errors");
                });
        if (sum[0] < 0) {
            session.each(
                    session.prepare("SELECT calls, errors FROM ks.dependency WHERE day = ? AND parent = "
                                    + "? AND child = ?")
                            .bind(day, parent, child),
                    row -> {
                        sum[1] = row.getLong("calls");
                        sum[2] = row.getLong("errors");
                    });
        }
        return sum;
    }
}
