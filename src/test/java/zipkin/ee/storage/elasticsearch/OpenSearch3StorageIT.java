package zipkin.ee.storage.elasticsearch;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import zipkin.ee.testing.search.SearchEngine;

@EnabledIf(
        value = "zipkin.ee.testing.NewerJava#isPresent",
        disabledReason = "OpenSearch 3 needs Java 21 or later; JAVA21_HOME does not lead to one")
@Tag("matrix")
class OpenSearch3StorageIT extends ElasticsearchStorageContract {
    OpenSearch3StorageIT() {
        super(SearchEngine.OPENSEARCH_3);
    }
}
