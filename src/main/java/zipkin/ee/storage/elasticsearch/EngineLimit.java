package zipkin.ee.storage.elasticsearch;

/** A bound of searches that is a setting of the cluster or of an index. */
enum EngineLimit {
    /** Hits in one answer. */
    RESULT_WINDOW("index.max_result_window", 10_000),
    /** Values that a field is compared with in one query. */
    TERMS("index.max_terms_count", 65_536),
    /** Groups in the answer to an aggregation; 10,000 before Elasticsearch 7.10. */
    BUCKETS("search.max_buckets", 65_535);

    private final String setting;
    private final int usual;

    EngineLimit(String setting, int usual) {
        this.setting = setting;
        this.usual = usual;
    }

    /** Name of the setting, by which errors name the limit. */
    String setting() {
        return setting;
    }

    int usual() {
        return usual;
    }
}
