package zipkin.ee.storage.elasticsearch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import zipkin.ee.json.Json;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;

/**
 * Deletes the indices of days that are over for longer than {@code STORAGE_RETENTION}. Several
 * servers may do it: an index that is already gone is not an error. Meant to run once at a time.
 */
final class IndexRetention {
    private final ReadyCluster ready;
    private final IndexNames names;
    private final Duration age;
    private final AtomicLong deleted = new AtomicLong();

    /**
     * @param age zero keeps all
     */
    IndexRetention(ReadyCluster ready, IndexNames names, Duration age) {
        this.ready = ready;
        this.names = names;
        this.age = age;
    }

    void deleteAll() {
        if (age.isZero()) {
            return;
        }
        ClusterVersion version = ready.ready();
        LocalDate firstKept =
                LocalDate.ofInstant(Instant.ofEpochMilli(names.nowMillis()).minus(age), ZoneOffset.UTC);
        for (Kind kind : Kind.values()) {
            List<String> old = new ArrayList<>();
            for (String index : present(kind, version)) {
                LocalDate day = names.day(kind, index);
                if (day != null && day.isBefore(firstKept)) {
                    old.add(index);
                }
            }
            for (List<String> some : IndexNames.portions(old)) {
                delete(some);
            }
        }
    }

    private List<String> present(Kind kind, ClusterVersion version) {
        Object answer = ready.cluster()
                .tree(ClusterRequest.get("/_cat/indices/" + names.all(kind, version))
                        .with("format", "json")
                        .with("h", "index")
                        .with("expand_wildcards", "open,closed"));
        List<String> indices = new ArrayList<>();
        for (Object index : Json.array(answer)) {
            indices.add(Json.text(index, "index"));
        }
        return indices;
    }

    private void delete(List<String> indices) {
        ready.cluster()
                .tree(ClusterRequest.delete("/" + String.join(",", indices)).with("ignore_unavailable", "true"));
        deleted.addAndGet(indices.size());
    }

    long deleted() {
        return deleted.get();
    }
}
