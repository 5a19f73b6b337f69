package zipkin.ee.storage.elasticsearch;

import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;
import zipkin2.DependencyLink;

/**
 * A link of one day, with the fields that Zipkin's Spark job writes: {@code id}
 * ({@code parent|child}, which is the document's id too), {@code parent}, {@code child},
 * {@code callCount}, {@code errorCount}.
 *
 * @param step the last step of live counting that is in it; 0 when others wrote it
 * @param sequence of the document, with {@code term} what a conditional change names; -1 when it
 *     was not asked for
 */
record LinkDocument(String parent, String child, long calls, long errors, long step, long sequence, long term) {
    /**
     * @param hit a hit of a search, or a document that was asked for by its id
     */
    static LinkDocument of(@Nullable Object hit) {
        return new LinkDocument(
                Json.text(hit, "_source", "parent"),
                Json.text(hit, "_source", "child"),
                Json.number(hit, "_source", "callCount"),
                Json.number(hit, "_source", "errorCount"),
                Json.number(hit, "_source", "step"),
                Json.at(hit, "_seq_no") instanceof Long number ? number : -1,
                Json.number(hit, "_primary_term"));
    }

    DependencyLink link() {
        return DependencyLink.newBuilder()
                .parent(parent)
                .child(child)
                .callCount(calls)
                .errorCount(Math.max(0, errors))
                .build();
    }

    String id() {
        return parent + '|' + child;
    }

    String json() {
        return JsonBody.object()
                .with("id", id())
                .with("parent", parent)
                .with("child", child)
                .with("callCount", calls)
                .with("errorCount", errors)
                .with("step", step)
                .text();
    }
}
