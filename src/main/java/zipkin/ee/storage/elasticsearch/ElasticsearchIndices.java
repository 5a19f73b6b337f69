package zipkin.ee.storage.elasticsearch;

import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.IndexNaming;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.Templates;

/** Settings of the indices that hold spans: their names and their templates. */
final class ElasticsearchIndices {
    private static final Setting<String> INDEX = Setting.text(
            "ES_INDEX",
            "zipkin",
            "[a-z0-9][a-z0-9._-]{0,99}",
            "lower-case letters, digits and . _ - of which none of these comes first",
            "Prefix of the names of indices and templates.");
    private static final Setting<String> DATE_SEPARATOR = Setting.of(
            "ES_DATE_SEPARATOR",
            "-",
            "one of - . _ or the word none",
            "What separates year, month and day in the names of indices.",
            ElasticsearchIndices::separator);
    private static final Setting<Boolean> ENSURE_TEMPLATES = Setting.flag(
            "ES_ENSURE_TEMPLATES",
            true,
            "Whether missing index templates are created, which needs the right to do so.");
    private static final Setting<Integer> SHARDS =
            Setting.integer("ES_INDEX_SHARDS", 5, 1, 1024, "Shards of each new daily index.");
    private static final Setting<Integer> REPLICAS = Setting.integer(
            "ES_INDEX_REPLICAS",
            1,
            0,
            100,
            "Copies of each shard in new indices. With 0, the loss of a node loses spans.");
    private static final Setting<Integer> PRIORITY = Setting.integer(
                    "ES_TEMPLATE_PRIORITY",
                    0,
                    0,
                    Integer.MAX_VALUE,
                    "Priority of composable templates. It has to be above that of any other template whose "
                            + "patterns match Zipkin's indices. Unset: templates of the older kind, which yield to "
                            + "any composable one.")
            .describedDefault("");

    private ElasticsearchIndices() {}

    static IndexNaming naming(SettingsReader reader) {
        return new IndexNaming(reader.get(INDEX), reader.get(DATE_SEPARATOR));
    }

    static Templates templates(SettingsReader reader) {
        return new Templates(
                reader.get(ENSURE_TEMPLATES), reader.get(SHARDS), reader.get(REPLICAS), reader.find(PRIORITY));
    }

    private static String separator(String text) {
        return switch (text) {
            case "-", ".", "_" -> text;
            case "none" -> "";
            default -> throw new IllegalArgumentException("no separator");
        };
    }
}
