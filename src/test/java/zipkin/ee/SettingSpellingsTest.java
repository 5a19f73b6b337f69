package zipkin.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;
import zipkin.ee.testing.Spellings;
import zipkin.ee.testing.Spellings.Handed;
import zipkin.ee.transport.messaging.KafkaBean;
import zipkin.ee.transport.messaging.PulsarBean;
import zipkin.ee.transport.messaging.RabbitMqBean;

/** The WAR reads every spelling as the resource adapters do, whose tests try the same ones. */
class SettingSpellingsTest {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{MPCONFIG=(\\w+):(.*)}");

    static Stream<Handed> handed() {
        return Stream.of("kafka", "pulsar", "rabbitmq").flatMap(broker -> Spellings.handed(broker).stream());
    }

    @ParameterizedTest
    @MethodSource("handed")
    void setting_inEverySpelling_isReadAsInTheAdapter(Handed handed) {
        Setting<?> setting = setting(handed.setting());
        assertThat(setting.defaultText()).isEqualTo(handed.defaultText());
        Spellings.of(handed.kind(), handed.defaultText()).forEach((text, expected) -> {
            if (expected == null) {
                assertThatThrownBy(() -> ZipkinSettings.read(Map.of(setting.name(), text)::get))
                        .hasMessageContaining(setting.name() + "=" + text.strip() + ": must be ");
            } else {
                SettingsReader reader = new SettingsReader(Map.of(setting.name(), text)::get);
                assertThat((Object) reader.get(setting)).as(text).isEqualTo(expected);
                reader.throwIfRefused();
            }
        });
    }

    /** A new property of a bean must be among those whose spellings are tried. */
    @ParameterizedTest
    @ValueSource(classes = {KafkaBean.class, PulsarBean.class, RabbitMqBean.class})
    void propertiesOfABean_haveTheDefaultsOfTheirSettings_andAreTriedUnlessTheyArePlainText(Class<?> bean) {
        List<String> tried = handed().map(Handed::setting).toList();
        for (ActivationConfigProperty property :
                bean.getAnnotation(MessageDriven.class).activationConfig()) {
            Matcher expression = EXPRESSION.matcher(property.propertyValue());
            if (expression.matches() && !property.propertyName().equals("resourceAdapter")) {
                Setting<?> setting = setting(expression.group(1));
                assertThat(expression.group(2)).as(setting.name()).isEqualTo(setting.defaultText());
                if (!setting.defaultText().isEmpty()
                        && !(setting.parser().apply(setting.defaultText()) instanceof String)) {
                    assertThat(tried).contains(setting.name());
                }
            }
        }
    }

    private static Setting<?> setting(String name) {
        return ZipkinSettings.catalogue().values().stream()
                .flatMap(Set::stream)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"COLLECTOR_JMS_ENABLED", "ZIPKIN_JMS_CONCURRENCY", "COLLECTOR_CONCURRENCY", "POSTGRES_USE_SSL"})
    void setting_thatTheServerReadsToo_isRefusedWithBlanks(String name) {
        assertThatThrownBy(() -> ZipkinSettings.read(Map.of(name, " 1")::get))
                .hasMessageEndingWith(", without blanks around it: the application server reads it too");
        assertThat(ZipkinSettings.read(Map.of(name, " ")::get)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "NO, false", "Off, false", "1, true", "yes, true", "TRUE, true"})
    void switchThatTheServerReads_hasTheSameWords(String text, boolean enabled) {
        ZipkinSettings settings =
                ZipkinSettings.read(Map.of("COLLECTOR_JMS_ENABLED", text, "COLLECTOR_ACTIVEMQ_ENABLED", text)::get);
        assertThat(settings.jms().enabled()).isEqualTo(enabled);
        assertThat(settings.activeMq().enabled()).isEqualTo(enabled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oFF", "fALSE", "yEs", "maybe"})
    void switchThatTheServerReads_inMixedCase_isRefused(String text) {
        assertThatThrownBy(() -> ZipkinSettings.read(Map.of("COLLECTOR_JMS_ENABLED", text)::get))
                .hasMessageEndingWith("COLLECTOR_JMS_ENABLED=" + text + ": must be true or false");
    }

    /** PostgreSQL's driver would connect without TLS. */
    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "on", "TRUE"})
    void tlsOfADatabase_inWordsThatItsDriverDoesNotKnow_isRefused(String text) {
        for (String name : new String[] {"POSTGRES_USE_SSL", "MYSQL_USE_SSL"}) {
            assertThatThrownBy(() -> ZipkinSettings.read(Map.of(name, text)::get))
                    .hasMessageEndingWith(name + "=" + text + ": must be true or false");
        }
    }
}
