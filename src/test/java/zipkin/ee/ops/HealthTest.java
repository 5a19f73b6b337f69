package zipkin.ee.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {
    @Test
    void up_isInTheShapeOfTheReference() {
        assertThat(text(Health.of(List.of(new Health.Component("InMemoryStorage{}", null, Map.of())))))
                .isEqualTo("""
                        {
                          "status" : "UP",
                          "zipkin" : {
                            "status" : "UP",
                            "details" : {
                              "InMemoryStorage{}" : {
                                "status" : "UP"
                              }
                            }
                          }
                        }""");
    }

    @Test
    void down_namesNoHosts() {
        Health health = Health.of(List.of(
                new Health.Component("JpaStorage{db.example:5432/zipkin}", "away", Map.of("links", "none wait")),
                new Health.Component("KafkaCollector{bootstrapServers=k:9092, topic={x}}", null, Map.of())));

        assertThat(health.up()).isFalse();
        assertThat(text(health)).isEqualTo("""
                        {
                          "status" : "DOWN",
                          "zipkin" : {
                            "status" : "DOWN",
                            "details" : {
                              "JpaStorage{}" : {
                                "status" : "DOWN",
                                "details" : {
                                  "error" : "away",
                                  "links" : "none wait"
                                }
                              },
                              "KafkaCollector{}" : {
                                "status" : "UP"
                              }
                            }
                          }
                        }""");
    }

    private static String text(Health health) {
        return health.text();
    }
}
