package zipkin.ee.storage.elasticsearch;

import static zipkin.ee.storage.elasticsearch.JsonBody.object;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import zipkin.ee.json.Json;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;

/**
 * Has the cluster delete indices, by a policy of its own lifecycle management: ILM of
 * Elasticsearch, ISM of OpenSearch. Indices of days that are under no policy are put under it;
 * those under another one are left. A day is over a day after its index was made, so the policy's
 * age is one day more than {@code STORAGE_RETENTION}. Several servers may do it. Meant to run once
 * at a time.
 */
final class IndexLifecycle {
    private static final String ILM_NAME = "index.lifecycle.name";
    private static final String ISM_NAME = "index.plugins.index_state_management.policy_id";

    private final ReadyCluster ready;
    private final IndexNames names;
    private final String policy;
    private final String minAge;
    private final AtomicLong managed = new AtomicLong();

    IndexLifecycle(ReadyCluster ready, IndexNames names, String prefix, Duration age) {
        this.ready = ready;
        this.names = names;
        this.policy = prefix + "-retention";
        this.minAge = age(age.plusDays(1));
    }

    /**
     * In the unit that both engines give back unchanged: the largest one of which it is a whole
     * number.
     */
    private static String age(Duration age) {
        long seconds = Math.max(1, age.toSeconds());
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    void manageAll() {
        ClusterVersion version = ready.ready();
        if (version.openSearch()) {
            boolean changed = ensureIsm();
            for (Kind kind : Kind.values()) {
                manageByIsm(kind, version, changed);
            }
        } else {
            ensureIlm();
            for (Kind kind : Kind.values()) {
                manageByIlm(kind, version);
            }
        }
    }

    private void ensureIlm() {
        String path = "/_ilm/policy/" + policy;
        Object present = tree(ClusterRequest.get(path).ignoringMissing());
        if (!minAge.equals(Json.text(present, policy, "policy", "phases", "delete", "min_age"))) {
            Object delete = object("min_age", minAge, "actions", object("delete", object()));
            JsonBody phases = object("policy", object("phases", object("delete", delete)));
            tree(ClusterRequest.put(path, phases.text()));
        }
    }

    private void manageByIlm(Kind kind, ClusterVersion version) {
        Map<String, ?> indices = Json.object(
                tree(ClusterRequest.get("/" + names.all(kind, version) + "/_settings/index.creation_date," + ILM_NAME)
                        .with("flat_settings", "true")));
        List<String> unmanaged = new ArrayList<>();
        for (Map.Entry<String, ?> index : indices.entrySet()) {
            if (names.day(kind, index.getKey()) != null
                    && Json.text(index.getValue(), "settings", ILM_NAME).isEmpty()) {
                unmanaged.add(index.getKey());
            }
        }
        for (List<String> some : IndexNames.portions(unmanaged)) {
            tree(ClusterRequest.put(
                    "/" + String.join(",", some) + "/_settings",
                    object(ILM_NAME, policy).text()));
            managed.addAndGet(some.size());
        }
    }

    /** Puts the policy. Returns whether it has replaced a different one. */
    private boolean ensureIsm() {
        String path = "/_plugins/_ism/policies/" + policy;
        Object present = tree(ClusterRequest.get(path).ignoringMissing());
        boolean known = !Json.text(present, "_id").isEmpty();
        Object age = Json.at(present, "policy", "states", 0, "transitions", 0, "conditions", "min_index_age");
        if (known && minAge.equals(age)) {
            return false;
        }
        ClusterRequest put = ClusterRequest.put(path, ismPolicy());
        if (known) {
            put = put.with("if_seq_no", String.valueOf(Json.at(present, "_seq_no")))
                    .with("if_primary_term", String.valueOf(Json.at(present, "_primary_term")));
        }
        tree(put);
        return known;
    }

    private String ismPolicy() {
        Object transition = object("state_name", "deleted", "conditions", object("min_index_age", minAge));
        Object kept = object("name", "kept", "actions", List.of(), "transitions", List.of(transition));
        Object delete = object("delete", object());
        Object deleted = object("name", "deleted", "actions", List.of(delete), "transitions", List.of());
        return object().with(
                        "policy",
                        object().with("description", "STORAGE_RETENTION of Zipkin, and the day of the index")
                                .with("default_state", "kept")
                                .with("states", List.of(kept, deleted)))
                .text();
    }

    /**
     * @param changed whether indices under the policy have to get its new version
     */
    private void manageByIsm(Kind kind, ClusterVersion version, boolean changed) {
        Object answer = tree(ClusterRequest.get("/_plugins/_ism/explain/" + names.all(kind, version))
                .ignoringMissing());
        List<String> unmanaged = new ArrayList<>();
        List<String> outdated = new ArrayList<>();
        for (Map.Entry<String, ?> index : Json.object(answer).entrySet()) {
            if (names.day(kind, index.getKey()) != null) {
                String now = Json.text(index.getValue(), ISM_NAME);
                if (now.isEmpty()) {
                    unmanaged.add(index.getKey());
                } else if (changed && now.equals(policy)) {
                    outdated.add(index.getKey());
                }
            }
        }
        send("/_plugins/_ism/add/", unmanaged);
        send("/_plugins/_ism/change_policy/", outdated);
        managed.addAndGet(unmanaged.size());
    }

    /** Sends a request whose answer is 200 even when it reports failures. */
    private void send(String path, List<String> indices) {
        for (List<String> some : IndexNames.portions(indices)) {
            Object answer = tree(ClusterRequest.post(
                    path + String.join(",", some), object("policy_id", policy).text()));
            Object failures = Json.at(answer, "failures");
            if (Boolean.TRUE.equals(failures)) {
                throw new ClusterRefusedException(
                        "Not all indices could be put under the policy " + policy + ": "
                                + Json.text(answer, "failed_indices", 0, "reason"),
                        200,
                        "");
            }
        }
    }

    private Object tree(ClusterRequest request) {
        return ready.cluster().tree(request);
    }

    long managed() {
        return managed.get();
    }
}
