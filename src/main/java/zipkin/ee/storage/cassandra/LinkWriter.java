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
import java.util.Set;
import zipkin.ee.link.LinkChanges.Change;
import zipkin.ee.link.LinkChanges.Link;
import zipkin.ee.storage.cassandra.StepText.CountedTrace.Contribution;

/**
 * The tables of counted traces and links. Applying a step again has no effect, since each sum knows
 * the last step that is in it. Used by one thread.
 */
final class LinkWriter {
    private final OpenSession session;
    private final InFlight inFlight;

    LinkWriter(OpenSession session, InFlight inFlight) {
        this.session = session;
        this.inFlight = inFlight;
    }

    /** Calls and errors of a link. */
    private record Sum(long step, long calls, long errors) {}

    /**
     * What is counted of these traces, in their order; empty for a trace that was never counted.
     */
    List<Contribution> contributions(Collection<String> lowIds) {
        PreparedStatement select = session.prepare("SELECT keys, links FROM ks.link_trace WHERE trace_id = ?");
        List<BoundStatement> statements = lowIds.stream().map(select::bind).toList();
        List<Contribution> contributions = new ArrayList<>();
        for (AsyncResultSet result : inFlight.all(session, statements)) {
            Row row = result.one();
            Set<String> keys = new LinkedHashSet<>();
            if (row != null) {
                keys.addAll(List.of(String.valueOf(row.getString(0)).split(" ", -1)));
            }
            contributions.add(
                    new Contribution(keys, StepText.links(row == null ? "" : String.valueOf(row.getString(1)))));
        }
        return contributions;
    }

    /**
     * @param text see {@link StepText}
     */
    void apply(long step, String text) {
        PreparedStatement insert =
                session.prepare("INSERT INTO ks.link_trace (trace_id, keys, links) VALUES (?, ?, ?)");
        List<BoundStatement> traces = new ArrayList<>();
        StepText.read(
                text,
                trace -> traces.add(insert.bind(trace[0], trace[1], trace[2])),
                (link, change) -> apply(step, link, change));
        inFlight.all(session, traces);
    }

    private void apply(long step, Link link, Change change) {
        LocalDate day = LocalDate.ofEpochDay(link.day());
        Sum sum = sum(day, link.parent(), link.child());
        if (sum.step() < step) {
            sum = new Sum(step, sum.calls() + change.calls(), sum.errors() + change.errors());
            session.change(session.prepare("INSERT INTO ks.link_count (day, parent, child, step, calls, errors)"
                            + " VALUES (?, ?, ?, ?, ?, ?)")
                    .bind(day, link.parent(), link.child(), step, sum.calls(), sum.errors()));
        }
        session.change(
                session.prepare("INSERT INTO ks.dependency (day, parent, child, calls, errors) VALUES (?, ?, ?, ?, ?)")
                        .bind(day, link.parent(), link.child(), sum.calls(), sum.errors()));
    }

    /** The sum of the Spark job, or zero, where no step has counted the link. */
    private Sum sum(LocalDate day, String parent, String child) {
        List<Sum> sums = new ArrayList<>();
        session.each(
                session.prepare("SELECT step, calls, errors FROM ks.link_count WHERE day = ? AND parent "
                                + "= ? AND child = ?")
                        .bind(day, parent, child),
                row -> sums.add(new Sum(row.getLong("step"), row.getLong("calls"), row.getLong("errors"))));
        if (sums.isEmpty()) {
            session.each(
                    session.prepare("SELECT calls, errors FROM ks.dependency WHERE day = ? AND parent = "
                                    + "? AND child = ?")
                            .bind(day, parent, child),
                    row -> sums.add(new Sum(-1, row.getLong("calls"), row.getLong("errors"))));
        }
        return sums.isEmpty() ? new Sum(-1, 0, 0) : sums.get(0);
    }
}
