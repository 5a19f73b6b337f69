package zipkin.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.text.LogText;

/**
 * Whatever setting an administrator gives a secret to, no error and no record of settings repeats
 * it.
 */
class SecretSettingsTest {
    private static final String SECRET = "Xs3cr3tX";

    /** How values hold secrets: those that are right for some setting, and broken ones. */
    private static final List<String> SHAPES = List.of(
            "http://u:Xs3cr3tX@h",
            "https://u:Xs3cr3tX@h:9200/path?x=1",
            "http://u:Xs3 Xs3cr3tX@h:9200",
            "http://u:a/Xs3cr3tX?b#c@h:9200",
            "http://u:Xs3cr3tX@",
            "http://:Xs3cr3tX@h:port",
            "http://a:9200,http://u:Xs3cr3tX@h:9200",
            "a:9092,u:Xs3cr3tX@h:9092",
            "u:Xs3cr3tX@h",
            "u:Xs3cr3tX",
            "ftp://u:Xs3cr3tX@h",
            "://u:Xs3cr3tX@h",
            "http://h/p?password=Xs3cr3tX",
            "http://h/p?a=b&token=Xs3cr3tX&c=d",
            "http://h/p?sig=Xs3cr3tX",
            "http://h:9411/p?key=Xs3cr3tX#f",
            "https://sqs.eu-west-1.amazonaws.com/1/q?secret=Xs3cr3tX",
            "https://u:Xs3cr3tX@sqs.eu-west-1.amazonaws.com/1/q",
            "amqp://u:Xs3cr3tX@h:5672/v",
            "amqp://u:Xs3 cr3t Xs3cr3tX@h:5672/v",
            "amqps://u:Xs3cr3tX@h,u2:Xs3cr3tX@h2",
            "pulsar://u:Xs3cr3tX@h:6650",
            "pulsar+ssl://u:Xs3cr3tX@h:6651,h2:6651",
            "redis://:Xs3cr3tX@h:6379/0",
            "tcp://u:Xs3cr3tX@10.0.0.1:5432",
            "jdbc:postgresql://h/db?user=u&password=Xs3cr3tX&sslpassword=Xs3cr3tX",
            "jdbc:postgresql://u:Xs3cr3tX@h/db",
            "jdbc:postgresql://u:a?Xs3cr3tX@h/db",
            "jdbc:postgresql://h/db?password=a@Xs3cr3tX",
            "jdbc:mariadb://u:Xs3cr3tX@h,h2/db",
            "jdbc:mariadb://address=(host=h)(password=Xs3cr3tX)/db",
            "jdbc:mysql://h/db;password=Xs3cr3tX",
            "jdbc:h2:mem:x;PASSWORD=Xs3cr3tX",
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"Xs3cr3tX\";",
            "aB3kXs3cr3tX/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "Bearer Xs3cr3tX",
            "Authorization: Basic Xs3cr3tX",
            "token:Xs3cr3tX",
            "{\"token\":\"Xs3cr3tX\"}",
            "arn:aws:iam::Xs3cr3tX:role/x",
            "Xs3cr3tX\nXs3cr3tX");

    static Stream<String> settings() {
        return ZipkinSettings.catalogue().values().stream()
                .flatMap(Set::stream)
                .flatMap(setting -> Stream.concat(Stream.of(setting.name()), setting.aliases().stream()));
    }

    static Stream<String> secretSettings() {
        return settings().filter(name -> name.matches(".*(PASS|SECRET|TOKEN|HEADERS).*"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void setting_withASecretInItsValue_neverShowsIt(String name) {
        for (String shape : SHAPES) {
            assertThat(shown(Map.of(name, shape))).as("%s=%s", name, shape).doesNotContain(SECRET);
        }
    }

    /** The selected database decides whose place is shown. */
    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mysql"})
    void place_ofTheSelectedDatabase_neverShowsItsSecret(String storageType) {
        settings().filter(name -> name.matches("(POSTGRES|MYSQL|ZIPKIN_D)_?.*")).forEach(name -> {
            for (String shape : SHAPES) {
                assertThat(shown(Map.of("STORAGE_TYPE", storageType, name, shape)))
                        .as("%s=%s", name, shape)
                        .doesNotContain(SECRET);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("secretSettings")
    void password_byItself_isNeverShown(String name) {
        assertThat(shown(Map.of(name, SECRET))).doesNotContain(SECRET);
    }

    /** What a log or a page says of a start with these settings. */
    private static String shown(Map<String, String> values) {
        try {
            ZipkinSettings settings = ZipkinSettings.read(values::get);
            return settings
                    + LogText.line(String.valueOf(settings.sql().address().place()));
        } catch (RuntimeException e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            return text.toString();
        }
    }
}
