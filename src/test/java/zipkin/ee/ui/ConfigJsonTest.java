package zipkin.ee.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import zipkin.ee.ZipkinSettings;
import zipkin.ee.config.UiSettings;

/** Expected texts are what the reference, zipkin-server 3.6.1, answers for the same settings. */
class ConfigJsonTest {
    @Test
    void write_defaults_equalsReference() {
        UiSettings defaults = ZipkinSettings.read(name -> null).ui();

        assertThat(ConfigJson.write(defaults)).isEqualTo("""
                        {
                          "environment" : "",
                          "queryLimit" : 10,
                          "defaultLookback" : 900000,
                          "searchEnabled" : true,
                          "logsUrl" : null,
                          "supportUrl" : null,
                          "archivePostUrl" : null,
                          "archiveUrl" : null,
                          "dependency" : {
                            "enabled" : true,
                            "lowErrorRate" : 0.5,
                            "highErrorRate" : 0.75
                          }
                        }""");
    }

    @Test
    void write_everythingSet_equalsReference() {
        UiSettings all = new UiSettings(
                true,
                "/zipkin",
                "prod \"é\" <b>/☃",
                20,
                3_600_000,
                false,
                "http://logs/{traceId}?a=b&c",
                "http://s",
                "http://a/p",
                "http://a",
                false,
                (float) 0.123456789,
                1,
                "'self'");

        assertThat(ConfigJson.write(all)).isEqualTo("""
                        {
                          "environment" : "prod \\"é\\" <b>/☃",
                          "queryLimit" : 20,
                          "defaultLookback" : 3600000,
                          "searchEnabled" : false,
                          "logsUrl" : "http://logs/{traceId}?a=b&c",
                          "supportUrl" : "http://s",
                          "archivePostUrl" : "http://a/p",
                          "archiveUrl" : "http://a",
                          "dependency" : {
                            "enabled" : false,
                            "lowErrorRate" : 0.12345679,
                            "highErrorRate" : 1.0
                          }
                        }""");
    }
}
