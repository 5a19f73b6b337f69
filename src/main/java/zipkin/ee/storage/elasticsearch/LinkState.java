package zipkin.ee.storage.elasticsearch;

import static zipkin.ee.storage.elasticsearch.JsonBody.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.concurrent.Lease;
import zipkin.ee.json.Json;
import zipkin.ee.link.LoggedLinkStore;

/**
 * The one document that says how far links are counted, and by whom: every change of it names the
 * version it was made from, so that two servers never count the same.
 *
 * @param step the last step: a step's changes are written here first and then to the links, each of
 *     which knows the last step that is in it
 * @param counted up to where spans are in the links
 * @param changes of that step
 * @param sequence of the document, with {@code term} what a change of it has to name
 */
record LinkState(Lease.Claim lease, long step, Checkpoints counted, List<Change> changes, long sequence, long term)
        implements LoggedLinkStore.State {
    /** The change of a link in one index. */
    record Change(String index, String parent, String child, long calls, long errors) {
        String id() {
            return parent + '|' + child;
        }

        JsonBody tree() {
            return object("index", index, "parent", parent, "child", child, "calls", calls, "errors", errors);
        }

        Change plus(Change other) {
            return new Change(index, parent, child, calls + other.calls, errors + other.errors);
        }
    }

    /** Null when there is no such document. */
    static @Nullable LinkState parse(Object answer) {
        if (!Boolean.TRUE.equals(Json.at(answer, "found"))) {
            return null;
        }
        Object source = Json.at(answer, "_source");
        List<Change> changes = new ArrayList<>();
        for (Object change : Json.array(source, "changes")) {
            changes.add(new Change(
                    Json.text(change, "index"),
                    Json.text(change, "parent"),
                    Json.text(change, "child"),
                    Json.number(change, "calls"),
                    Json.number(change, "errors")));
        }
        return new LinkState(
                new Lease.Claim(Json.text(source, "owner"), Json.number(source, "untilMillis")),
                Json.number(source, "step"),
                Checkpoints.parse(Json.at(source, "counted")),
                changes,
                Json.number(answer, "_seq_no"),
                Json.number(answer, "_primary_term"));
    }

    String json() {
        return object().with("owner", lease.owner())
                .with("untilMillis", lease.untilMillis())
                .with("step", step)
                .with("counted", counted.tree())
                .with("changes", changes.stream().map(Change::tree).toList())
                .text();
    }

    /** After a change, as the cluster has answered it. */
    LinkState stored(Object answer) {
        return new LinkState(
                lease, step, counted, changes, Json.number(answer, "_seq_no"), Json.number(answer, "_primary_term"));
    }

    LinkState under(Lease.Claim claim) {
        return new LinkState(claim, step, counted, changes, sequence, term);
    }

    LinkState next(Checkpoints nowCounted, List<Change> nextChanges) {
        return new LinkState(lease, step + 1, nowCounted, nextChanges, sequence, term);
    }

    /** Parameters of a request that changes this version of the document and no other. */
    Map<String, String> condition() {
        return Map.of("if_seq_no", Long.toString(sequence), "if_primary_term", Long.toString(term));
    }
}
