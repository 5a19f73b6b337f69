package zipkin.ee.storage.elasticsearch;

import static zipkin.ee.storage.elasticsearch.JsonBody.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;
import zipkin.ee.storage.Pages;
import zipkin.ee.storage.elasticsearch.LinkState.Change;

/**
 * Adds a step's changes to the documents of links, each once, however often that is tried. Thread
 * safe.
 */
final class LinkWriter {
    private static final int MAX_ATTEMPTS = 10;
    private static final int CHANGES_PER_REQUEST = 1000;

    private final Cluster cluster;

    LinkWriter(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * @param changes several of one document are added up: links of different days may share one
     */
    void apply(long step, List<Change> changes) {
        Map<String, Change> merged = new LinkedHashMap<>();
        changes.forEach(change -> merged.merge(change.index() + '/' + change.id(), change, Change::plus));
        for (List<Change> some : Pages.of(List.copyOf(merged.values()), CHANGES_PER_REQUEST)) {
            applyAll(step, some);
        }
    }

    private void applyAll(long step, List<Change> changes) {
        List<Change> left = changes;
        for (int attempt = 0; !left.isEmpty(); attempt++) {
            if (attempt == MAX_ATTEMPTS) {
                throw new ClusterDownException(
                        left.size() + " links were changed by others again and again; they are counted later", null);
            }
            left = attempt(step, left);
        }
    }

    /** Returns the changes whose document others have changed meanwhile. */
    private List<Change> attempt(long step, List<Change> changes) {
        List<@Nullable Object> present = Json.array(cluster.tree(read(changes)), "docs");
        StringBuilder lines = new StringBuilder();
        List<Change> sent = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            boolean found = Boolean.TRUE.equals(Json.at(present.get(i), "found"));
            LinkDocument old = LinkDocument.of(present.get(i));
            if (!found || old.step() < step) {
                lines.append(action(change, found ? old : null)).append('\n');
                lines.append(document(step, change, found ? old : null)).append('\n');
                sent.add(change);
            }
        }
        return sent.isEmpty() ? List.of() : conflicts(sent, lines.toString());
    }

    private List<Change> conflicts(List<Change> sent, String lines) {
        Object answer = cluster.tree(ClusterRequest.bulk(ClusterRequest.Body.of(lines)));
        List<@Nullable Object> items = Json.array(answer, "items");
        List<Change> again = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            Object item = Json.object(items.get(i)).values().iterator().next();
            long status = Json.number(item, "status");
            if (status == 409) {
                again.add(sent.get(i));
            } else if (status >= 400) {
                throw new ClusterDownException("A link can't be written: " + Json.text(item, "error", "reason"), null);
            }
        }
        return again;
    }

    private static ClusterRequest read(List<Change> changes) {
        List<JsonBody> documents = changes.stream().map(LinkWriter::place).toList();
        return ClusterRequest.post("/_mget", object("docs", documents).text());
    }

    private static JsonBody place(Change change) {
        return object("_index", change.index(), "_id", change.id());
    }

    private static String action(Change change, @Nullable LinkDocument old) {
        JsonBody action = place(change);
        if (old != null) {
            action.withAll(object("if_seq_no", old.sequence(), "if_primary_term", old.term()));
        }
        return object(old == null ? "create" : "index", action).text();
    }

    private static String document(long step, Change change, @Nullable LinkDocument old) {
        long calls = change.calls() + (old == null ? 0 : old.calls());
        long errors = change.errors() + (old == null ? 0 : old.errors());
        return new LinkDocument(change.parent(), change.child(), calls, errors, step, -1, 0).json();
    }
}
