package zipkin.ee.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.ZipkinSettings;

class SqlAddressTest {
    @Test
    void place_ofHostPortAndDatabase() {
        Map<String, String> settings =
                Map.of("POSTGRES_HOST", "db", "POSTGRES_PORT", "6543", "POSTGRES_PASS", "s3cr3t");

        assertThat(address("postgresql", settings))
                .isEqualTo(new SqlAddress("db:6543/zipkin", "POSTGRES_USER and POSTGRES_PASS"));
        assertThat(address("mariadb", settings))
                .isEqualTo(new SqlAddress("localhost:3306/zipkin", "MYSQL_USER and MYSQL_PASS"));
        assertThat(address("jpa", settings)).isEqualTo(new SqlAddress(null, null));
        assertThat(address("h2", Map.of("ZIPKIN_DB_FILE", "/data/spans")))
                .isEqualTo(new SqlAddress("/data/spans", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mariadb://db:3306/spans?user=me&password=s3cr3t",
                "jdbc:mariadb://me:s3cr3t@db:3306/spans",
                "jdbc:mariadb://me:s3cr3t/s3@cr3t@db:3306/spans?password=s3cr3t",
                "jdbc:mariadb://db:3306/spans;password=s3cr3t"
            })
    void place_ofAJdbcUrl_isWithoutSecrets(String url) {
        assertThat(address("mysql", Map.of("MYSQL_JDBC_URL", url)).place()).isEqualTo("jdbc:mariadb://db:3306/spans");
    }

    private static SqlAddress address(String storageType, Map<String, String> settings) {
        Map<String, String> values = new HashMap<>(settings);
        values.put("STORAGE_TYPE", storageType);
        return ZipkinSettings.read(values::get).sql().address();
    }
}
