package zipkin.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.config.InvalidSettingsException;
import zipkin.ee.storage.ThrottleSettings;

/** Settings of Elasticsearch and Cassandra. */
class ClusterSettingsTest {
    private static ZipkinSettings read(Map<String, String> values) {
        return ZipkinSettings.read(values::get);
    }

    @Test
    void esHosts_haveSchemeAndPort() {
        assertThat(read(Map.of("ES_HOSTS", "one, https://two:9201/es/,http://three"))
                        .elasticsearch()
                        .hosts())
                .containsExactly(
                        URI.create("http://one:9200"), URI.create("https://two:9201/es"), URI.create("http://three"));
    }

    @Test
    void esHosts_withPasswordOrWithoutHost_areRefused() {
        assertThatThrownBy(() -> read(Map.of("ES_HOSTS", "http://me:secret@one:9200")))
                .isInstanceOf(InvalidSettingsException.class);
        assertThatThrownBy(() -> read(Map.of("ES_HOSTS", "ftp://one"))).isInstanceOf(InvalidSettingsException.class);
    }

    @Test
    void esRetention_isThatWhichWasSet_andNotTheDefault() {
        assertThat(read(Map.of()).elasticsearch().retention()).isEqualTo(Duration.ZERO);
        assertThat(read(Map.of("STORAGE_RETENTION", "3d")).elasticsearch().retention())
                .isEqualTo(Duration.ofDays(3));
    }

    @Test
    void esCredentials_areReadAgain_afterSeconds() {
        assertThat(read(Map.of("ES_CREDENTIALS_REFRESH_INTERVAL", "7"))
                        .elasticsearch()
                        .access()
                        .credentialsRefresh())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void throttle_isOff_withTheReferencesDefaults() {
        assertThat(read(Map.of()).throttle()).isEqualTo(new ThrottleSettings(false, 10, 200, 1000));
    }

    @Test
    void throttle_withoutAQueue_hasAPlaceForOne() {
        assertThat(read(Map.of("STORAGE_THROTTLE_ENABLED", "true", "STORAGE_THROTTLE_MAX_QUEUE_SIZE", "0"))
                        .throttle()
                        .maxQueueSize())
                .isEqualTo(1);
    }

    @Test
    void throttle_withLessThanItsLeast_isRefused() {
        assertThatThrownBy(() -> read(Map.of("STORAGE_THROTTLE_MAX_CONCURRENCY", "5")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("at least STORAGE_THROTTLE_MIN_CONCURRENCY, 10");
    }

    @Test
    void contactPoints_haveAPort() {
        assertThat(read(Map.of("CASSANDRA_CONTACT_POINTS", "one,two:9043,[::1]:9044,[::1]"))
                        .cassandra()
                        .contactPoints())
                .containsExactly(
                        InetSocketAddress.createUnresolved("one", 9042),
                        InetSocketAddress.createUnresolved("two", 9043),
                        InetSocketAddress.createUnresolved("::1", 9044),
                        InetSocketAddress.createUnresolved("::1", 9042));
    }

    @Test
    void contactPoints_withoutHostOrWithAWrongPort_areRefused() {
        assertThatThrownBy(() -> read(Map.of("CASSANDRA_CONTACT_POINTS", "one:0")))
                .isInstanceOf(InvalidSettingsException.class);
        assertThatThrownBy(() -> read(Map.of("CASSANDRA_CONTACT_POINTS", "one:port")))
                .isInstanceOf(InvalidSettingsException.class);
    }

    @Test
    void passwords_areNotInTexts() {
        ZipkinSettings settings = read(Map.of("ES_PASSWORD", "s3cret", "CASSANDRA_PASSWORD", "s3cret"));
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    void cassandraConsistency_isLocalOne_orOneOfTheList() {
        assertThat(read(Map.of()).cassandra().consistency()).isEqualTo("LOCAL_ONE");
        assertThat(read(Map.of("CASSANDRA_CONSISTENCY", "local_quorum"))
                        .cassandra()
                        .consistency())
                .isEqualTo("LOCAL_QUORUM");
        assertThatThrownBy(() -> read(Map.of("CASSANDRA_CONSISTENCY", "MOST")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(
                        "CASSANDRA_CONSISTENCY=MOST: must be LOCAL_ONE or LOCAL_QUORUM or QUORUM or ONE or TWO"
                                + " or THREE or ALL");
    }
}
