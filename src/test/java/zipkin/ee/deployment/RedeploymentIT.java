package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.WildFlyServer;
import zipkin.ee.testing.ZipkinHttp;

/**
 * Settings that are system properties of WildFly take effect with the next deployment, and with a
 * reload.
 */
@Tag("wildfly")
class RedeploymentIT {
    @Test
    void settings_ofARedeployment_comeBeforeTheEnvironment_andEndWithTheNext() {
        try (WildFlyServer server = WildFlyServer.start(Map.of("ZIPKIN_UI_QUERY_LIMIT", "7"))) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            assertThat(queryLimit(zipkin)).contains("\"queryLimit\":7");

            server.redeploy(Map.of("ZIPKIN_UI_QUERY_LIMIT", "8"));
            assertThat(queryLimit(zipkin)).contains("\"queryLimit\":8");

            assertThatThrownBy(() -> server.redeploy(Map.of("ZIPKIN_UI_QUERY_LIMIT", "many")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ZIPKIN_UI_QUERY_LIMIT=many: must be a whole number");

            server.redeploy(Map.of("ZIPKIN_UI_QUERY_LIMIT", ""));
            assertThat(queryLimit(zipkin)).contains("\"queryLimit\":10");

            server.redeploy(Map.of());
            assertThat(queryLimit(zipkin)).contains("\"queryLimit\":7");

            server.reload(Map.of("ZIPKIN_UI_QUERY_LIMIT", "9"));
            assertThat(queryLimit(zipkin)).contains("\"queryLimit\":9");

            assertThatThrownBy(() -> server.reload(Map.of("ZIPKIN_UI_QUERY_LIMIT", "none")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ZIPKIN_UI_QUERY_LIMIT=none: must be a whole number");

            server.reload(Map.of());
            assertThat(queryLimit(zipkin)).contains("\"queryLimit\":7");
        }
    }

    private static String queryLimit(ZipkinHttp zipkin) {
        return zipkin.get("/zipkin/config.json").body().replaceAll("\\s", "");
    }
}
