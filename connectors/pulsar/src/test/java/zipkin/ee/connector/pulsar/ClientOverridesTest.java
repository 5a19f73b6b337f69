package zipkin.ee.connector.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ClientOverridesTest {
    @Test
    void names_areThoseOfTheClientsConfiguration_andPropertiesWin() {
        Properties properties = new Properties();
        properties.setProperty("zipkin.collector.pulsar.client-props.numIoThreads", "3");
        properties.setProperty("zipkin.collector.pulsar.consumer-props.receiverQueueSize", "7");
        ClientOverrides overrides = ClientOverrides.of(
                Map.of(
                        "PULSAR_CLIENT_NUM_IO_THREADS", "2",
                        "PULSAR_CLIENT_TLS_TRUST_CERTS_FILE_PATH", "/ca.pem",
                        "PULSAR_CONSUMER_SUBSCRIPTION_TYPE", "Failover",
                        "PULSAR_TOPIC", "zipkin"),
                properties);

        assertThat(overrides.client())
                .containsExactlyInAnyOrderEntriesOf(Map.of("numIoThreads", "3", "tlsTrustCertsFilePath", "/ca.pem"));
        assertThat(overrides.consumer())
                .containsExactlyInAnyOrderEntriesOf(Map.of("receiverQueueSize", "7", "subscriptionType", "Failover"));
    }

    @Test
    void overrides_printedOrMasked_showNoSecret() {
        ClientOverrides overrides = ClientOverrides.of(
                Map.of(
                        "PULSAR_CLIENT_AUTH_PARAMS", "token:s3cret",
                        "PULSAR_CLIENT_TLS_TRUST_STORE_PASSWORD", "changeit",
                        "PULSAR_CLIENT_AUTH_PLUGIN_CLASS_NAME", "org.AuthenticationToken"),
                new Properties());

        assertThat(overrides).hasToString("[authParams, authPluginClassName, tlsTrustStorePassword] []");
        assertThat(overrides.masked("org.AuthenticationToken refuses token:s3cret, s3cret and changeit"))
                .isEqualTo("org.AuthenticationToken refuses [hidden], [hidden] and [hidden]");
    }
}
