package zipkin.ee.storage.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zipkin.ee.storage.UnusableStorageException;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.Access;
import zipkin.ee.testing.ServerProcess;
import zipkin.ee.testing.search.FakeCluster;
import zipkin.ee.testing.search.FakeCluster.Answer;

/** What the storage makes of a cluster's answers, and of none. */
class ClusterTest {
    @Test
    void call_whenOneHostIsDown_asksTheOther() {
        try (FakeCluster up = new FakeCluster(FakeCluster::empty);
                Cluster cluster = ClusterStorage.cluster(
                        ClusterStorage.settings("http://127.0.0.1:" + ServerProcess.freePort(), up.address()))) {
            for (int i = 0; i < 4; i++) {
                assertThat(ClusterVersion.of(cluster)).isEqualTo(new ClusterVersion(false, 8, "8.19.0"));
            }
            assertThat(up.received()).hasSize(4);
        }
    }

    @Test
    void call_whenOneHostAnswers503_asksTheOther() {
        try (FakeCluster ill = new FakeCluster(request -> new Answer(503, "{}"));
                FakeCluster up = new FakeCluster(FakeCluster::empty);
                Cluster cluster = ClusterStorage.cluster(ClusterStorage.settings(ill.address(), up.address()))) {
            assertThat(ClusterVersion.of(cluster).major()).isEqualTo(8);
            assertThat(ClusterVersion.of(cluster).major()).isEqualTo(8);
        }
    }

    @Test
    void call_whenNobodyAnswers_saysWhatToCheck() {
        String address = "http://127.0.0.1:" + ServerProcess.freePort();
        try (Cluster cluster = ClusterStorage.cluster(ClusterStorage.settings(address))) {
            assertThatThrownBy(() -> ClusterVersion.of(cluster))
                    .isInstanceOf(ClusterDownException.class)
                    .hasMessageStartingWith(address + ", indices zipkin-* can't be reached: ")
                    .hasMessageEndingWith(". Check ES_HOSTS and the cluster.");
        }
    }

    @Test
    void call_whenTheAnswerTakesTooLong_isDown() {
        ElasticsearchSettings base = ClusterStorage.settings("http://127.0.0.1:1");
        CompletableFuture<Answer> late = new CompletableFuture<>();
        late.completeOnTimeout(Answer.ok(FakeCluster.VERSION), 1, TimeUnit.MINUTES);
        try (FakeCluster slow = new FakeCluster(request -> late.join());
                Cluster cluster = ClusterStorage.cluster(
                        with(ClusterStorage.settings(slow.address()), base.access(), Duration.ofMillis(200)))) {
            assertThatThrownBy(() -> ClusterVersion.of(cluster)).isInstanceOf(ClusterDownException.class);
            late.complete(Answer.ok(FakeCluster.VERSION));
        }
    }

    @Test
    void version_whenNotSupported_saysWhichAre() {
        String old = "{\"version\":{\"number\":\"6.8.23\"}}";
        try (FakeCluster fake = new FakeCluster(request -> Answer.ok(old));
                Cluster cluster = ClusterStorage.cluster(ClusterStorage.settings(fake.address()))) {
            assertThatThrownBy(() -> ClusterVersion.of(cluster))
                    .isInstanceOf(UnusableStorageException.class)
                    .hasMessage("ES_HOSTS leads to Elasticsearch 6.8.23."
                            + " Supported are Elasticsearch 7 to 9 and OpenSearch 1 to 3.");
        }
    }

    @Test
    void password_whenWrong_saysWhereToCorrectIt_withoutTheSecret() {
        String answer = "{\"error\":{\"root_cause\":[{\"type\":\"security_exception\",\"reason\":\"unable to"
                + " authenticate user [me] for REST request [/]\"}]},\"status\":401}";
        ElasticsearchSettings base = ClusterStorage.settings("http://127.0.0.1:1");
        Access access = new Access("me", "s3cret", null, Duration.ofSeconds(5), true);
        try (FakeCluster fake = new FakeCluster(request -> new Answer(401, answer));
                Cluster cluster =
                        ClusterStorage.cluster(with(ClusterStorage.settings(fake.address()), access, base.timeout()))) {
            assertThatThrownBy(() -> ClusterVersion.of(cluster))
                    .isInstanceOf(UnusableStorageException.class)
                    .hasMessageContaining("was answered 401 by " + fake.address()
                            + ": unable to authenticate user [me] for REST request [/]. Check ES_USERNAME and"
                            + " ES_PASSWORD or ES_CREDENTIALS_FILE, and the user's rights.")
                    .hasMessageNotContaining("s3cret");
            assertThat(fake.received().get(0).authorization()).isEqualTo("Basic bWU6czNjcmV0");
        }
    }

    @Test
    void credentialsFile_isReadAgain_andKeptWhenItCantBe(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("es.properties");
        AtomicLong nanos = new AtomicLong();
        write(file, "one");
        Credentials credentials = new Credentials(
                new Access("ignored", "ignored", file.toString(), Duration.ofSeconds(5), true), nanos::get);
        String first = credentials.authorization();
        write(file, "two");
        assertThat(credentials.authorization()).isEqualTo(first);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        String second = credentials.authorization();
        assertThat(second).isNotEqualTo(first);
        Files.delete(file);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(credentials.authorization()).isEqualTo(second);
    }

    private static void write(Path file, String password) throws IOException {
        Files.writeString(
                file,
                "zipkin.storage.elasticsearch.username=me\nzipkin.storage.elasticsearch.password=" + password + "\n");
    }

    private static ElasticsearchSettings with(ElasticsearchSettings base, Access access, Duration timeout) {
        return new ElasticsearchSettings(
                base.hosts(),
                access,
                base.amazon(),
                timeout,
                base.httpLogging(),
                base.index(),
                base.templates(),
                base.writing(),
                base.maxAnswerBytes(),
                base.maxQuerySpans(),
                Duration.ZERO,
                false);
    }
}
