package zipkin.ee.transport.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import zipkin.ee.testing.Spellings;

/**
 * The properties of a message-driven bean are in its annotation for Payara and in jboss-ejb3.xml
 * for WildFly, with expressions of the server (docs/adr/0014). Both servers must read what the WAR
 * reads from the same text.
 */
class BeanPropertiesTest {
    private static final Path WILDFLYS = Path.of("src", "main", "webapp", "WEB-INF", "jboss-ejb3.xml");
    private static final Path JBOSS_PROPERTIES = Path.of("src", "main", "webapp", "META-INF", "jboss.properties");
    private static final Pattern INNERMOST = Pattern.compile("\\$\\{([^${}:]*):([^${}]*)}");

    @ParameterizedTest
    @ValueSource(classes = {KafkaBean.class, RabbitMqBean.class, PulsarBean.class})
    void connectorsProperties_areTheSameOnBothServers(Class<?> bean) throws Exception {
        Map<String, String> payaras = payaras(bean);
        assertThat(payaras.remove("resourceAdapter")).containsPattern("(^|:)zipkin-");
        assertThat(payaras.remove("active")).matches("COLLECTOR_\\w+_ENABLED:true");

        assertThat(payaras).isEqualTo(wildFlys(bean)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {JmsBean.class, JmsOtlpBean.class, ActiveMqBean.class, ActiveMqOtlpBean.class, JournalBean.class})
    void jmsProperties_thatBothServersHave_areTheSame_butForNamesInTheDirectory(Class<?> bean) throws Exception {
        Map<String, String> payaras = payaras(bean);
        Map<String, String> wildFlys = wildFlys(bean);

        payaras.replaceAll((name, value) -> value.replace("jms/queue", "java:/jms/queue"));
        wildFlys.forEach(
                (name, value) -> assertThat(payaras.getOrDefault(name, value)).isEqualTo(value));
        assertThat(payaras.get("destinationType")).isEqualTo("jakarta.jms.Queue");
    }

    @ParameterizedTest
    @CsvSource({
        "zipkin.ee.transport.messaging.JmsBean, ZIPKIN_JMS_CONCURRENCY:4",
        "zipkin.ee.transport.messaging.JmsOtlpBean, ZIPKIN_JMS_CONCURRENCY:4",
        "zipkin.ee.transport.messaging.ActiveMqBean, ACTIVEMQ_CONCURRENCY:1",
        "zipkin.ee.transport.messaging.ActiveMqOtlpBean, ACTIVEMQ_CONCURRENCY:1",
        "zipkin.ee.transport.messaging.JournalBean, COLLECTOR_CONCURRENCY:8"
    })
    void concurrencyOfJms_followsTheSameSetting(Class<?> bean, String setting) throws Exception {
        assertThat(payaras(bean)).containsValue(setting);
        assertThat(wildFlys(bean)).containsValue(setting);
    }

    @ParameterizedTest
    @ValueSource(classes = {KafkaBean.class, RabbitMqBean.class, PulsarBean.class})
    void connectorsDelivery_isSwitchedByTheSameSetting(Class<?> bean) throws Exception {
        String name = bean.getAnnotation(MessageDriven.class).name();
        assertThat(setting(delivery(name))).isEqualTo(payaras(bean).get("active"));
    }

    /** WildFly takes any word but true for off, unless META-INF/jboss.properties has it. */
    @ParameterizedTest
    @CsvSource({
        "Kafka, env.COLLECTOR_KAFKA_ENABLED",
        "RabbitMq, env.COLLECTOR_RABBITMQ_ENABLED",
        "Pulsar, env.COLLECTOR_PULSAR_ENABLED",
        "Jms, env.COLLECTOR_JMS_ENABLED",
        "ActiveMq, zipkin.activemq.active"
    })
    void switch_inEverySpelling_isReadByWildFlyAsByTheWar(String bean, String key) throws Exception {
        String active = delivery(bean);
        Spellings.of(Spellings.Kind.FLAG, "true").forEach((text, expected) -> {
            if (expected != null) {
                assertThat(Boolean.parseBoolean(
                                resolved(active, Map.of(key, text)).trim()))
                        .as("'%s'", text)
                        .isEqualTo(expected);
            }
        });
    }

    /** Only both switches together let a bean for OTLP take messages. */
    @ParameterizedTest
    @CsvSource({
        "JmsOtlp, COLLECTOR_JMS_ENABLED, ZIPKIN_JMS_OTLP_QUEUE, java:/jms/queue/zipkin-otlp",
        "JmsOtlp, COLLECTOR_JMS_ENABLED, ZIPKIN_JMS_OTLP_QUEUE, jms/queue/zipkin-otlp",
        "ActiveMqOtlp, zipkin.activemq.active, ACTIVEMQ_OTLP_QUEUE, otlp"
    })
    void switchOfOtlp_isOn_whenItsQueueIsSet_andTheTransportIsOn(String bean, String flag, String queue, String name)
            throws Exception {
        String active = delivery(bean);
        String flagKey = flag.startsWith("zipkin.") ? flag : "env." + flag;
        for (String word : List.of("true", "on", "yes", "1", "false", "off", "no", "0")) {
            boolean on = List.of("true", "on", "yes", "1").contains(word);
            for (String text : Spellings.cases(word)) {
                assertThat(resolved(active, Map.of(flagKey, text, "env." + queue, name)))
                        .as(text)
                        .isEqualTo(Boolean.toString(on));
                assertThat(resolved(active, Map.of(flagKey, text))).isEqualTo("false");
                assertThat(resolved(active, Map.of(flagKey, text, "env." + queue, "")))
                        .isEqualTo("false");
                assertThat(resolved(active, Map.of(flagKey, text, "env." + queue, " ")))
                        .isEqualTo("false");
            }
        }
        assertThat(resolved(active, Map.of("env." + queue, name))).isEqualTo(Boolean.toString(!flag.startsWith("z")));
        assertThat(resolved(active, Map.of(flagKey, "true", queue, name))).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({
        "zipkin.ee.transport.messaging.JmsOtlpBean, COLLECTOR_JMS_ENABLED:true, ZIPKIN_JMS_OTLP_QUEUE",
        "zipkin.ee.transport.messaging.ActiveMqOtlpBean, COLLECTOR_ACTIVEMQ_ENABLED:true, ACTIVEMQ_OTLP_QUEUE"
    })
    void selectorOfOtlp_onPayara_matchesNothing_whenItsQueueIsNotSet(Class<?> bean, String flag, String queue) {
        String selector = Objects.requireNonNull(payaras(bean).get("messageSelector"))
                .replace("${MPCONFIG=" + flag + "}", "true");

        assertThat(matches(selector.replace("${MPCONFIG=" + queue + ":}", "otlp")))
                .isTrue();
        assertThat(matches(selector.replace("${MPCONFIG=" + queue + ":}", ""))).isFalse();
        assertThat(matches(selector.replace("true", "off").replace("${MPCONFIG=" + queue + ":}", "otlp")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "zipkin.ee.transport.messaging.JmsBean, ZIPKIN_JMS_CONCURRENCY, 4",
        "zipkin.ee.transport.messaging.ActiveMqBean, ACTIVEMQ_CONCURRENCY, 1",
        "zipkin.ee.transport.messaging.JournalBean, COLLECTOR_CONCURRENCY, 8"
    })
    void number_thatIsEmpty_isTheDefaultOnWildFly(Class<?> bean, String setting, String number) throws Exception {
        String expression = expressions(bean).values().stream()
                .filter(text -> text.contains(setting))
                .findFirst()
                .orElseThrow();

        assertThat(resolved(expression, Map.of())).isEqualTo(number);
        assertThat(resolved(expression, Map.of("env." + setting, ""))).isEqualTo(number);
        assertThat(resolved(expression, Map.of("env." + setting, " "))).isEqualTo(number);
        assertThat(resolved(expression, Map.of("env." + setting, "1"))).isEqualTo("1");
        assertThat(resolved(expression, Map.of("env." + setting, "17"))).isEqualTo("17");
    }

    @ParameterizedTest
    @ValueSource(classes = {JmsBean.class, ActiveMqBean.class})
    void switch_inEveryWord_isReadByTheSelectorOnPayaraAsByTheWar(Class<?> bean) {
        String selector = Objects.requireNonNull(payaras(bean).get("messageSelector"));
        for (String word : List.of("true", "on", "yes", "1", "false", "off", "no", "0")) {
            List<String> allowed = Spellings.cases(word).subList(0, 3);
            for (String text : allowed) {
                assertThat(matches(selector.replaceAll("\\$\\{MPCONFIG=COLLECTOR_\\w+_ENABLED:true}", text)))
                        .as(text)
                        .isEqualTo(List.of("true", "on", "yes", "1").contains(word));
            }
        }
    }

    /** Whether a selector of texts that differ, all of them, matches. */
    private static boolean matches(String selector) {
        assertThat(selector).doesNotContain("${");
        return Arrays.stream(selector.split(" AND ")).noneMatch(term -> term.matches("'([^']*)' <> '\\1'"));
    }

    /**
     * What WildFly makes of an expression: the value of the first key that has one, otherwise the
     * text behind the colon, and of innermost expressions first.
     */
    private static String resolved(String expression, Map<String, String> environment) {
        Properties values = new Properties();
        try (Reader file = Files.newBufferedReader(JBOSS_PROPERTIES)) {
            values.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        values.putAll(environment);
        String text = expression;
        for (Matcher inner = INNERMOST.matcher(text); inner.find(); inner = INNERMOST.matcher(text)) {
            String value = Arrays.stream(inner.group(1).split(",", -1))
                    .map(key -> values.getProperty(key.trim()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(inner.group(2));
            text = text.substring(0, inner.start()) + value + text.substring(inner.end());
        }
        return text;
    }

    /** The expression of a bean's switch. */
    private static String delivery(String bean) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(WILDFLYS.toFile());
        NodeList deliveries = document.getElementsByTagName("d:delivery");
        for (int i = 0; i < deliveries.getLength(); i++) {
            Element delivery = (Element) deliveries.item(i);
            if (text(delivery, "ejb-name").equals(bean)) {
                return text(delivery, "d:active");
            }
        }
        throw new AssertionError("No delivery of " + bean + " in " + WILDFLYS);
    }

    /** Names to {@code SETTING:default}, or to a text. */
    private static Map<String, String> payaras(Class<?> bean) {
        return Arrays.stream(bean.getAnnotation(MessageDriven.class).activationConfig())
                .collect(Collectors.toMap(ActivationConfigProperty::propertyName, property -> property.propertyValue()
                        .replaceFirst("^\\$\\{MPCONFIG=(.*)}$", "$1")));
    }

    private static Map<String, String> wildFlys(Class<?> bean) throws Exception {
        Map<String, String> properties = expressions(bean);
        properties.replaceAll((name, expression) -> setting(expression));
        return properties;
    }

    private static Map<String, String> expressions(Class<?> bean) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(WILDFLYS.toFile());
        NodeList beans = document.getElementsByTagName("message-driven");
        for (int i = 0; i < beans.getLength(); i++) {
            Element element = (Element) beans.item(i);
            if (text(element, "ejb-class").equals(bean.getName())) {
                return properties(element);
            }
        }
        throw new AssertionError("No " + bean + " in " + WILDFLYS);
    }

    private static Map<String, String> properties(Element bean) {
        Map<String, String> properties = new HashMap<>();
        NodeList all = bean.getElementsByTagName("activation-config-property");
        for (int i = 0; i < all.getLength(); i++) {
            Element property = (Element) all.item(i);
            properties.put(
                    text(property, "activation-config-property-name"),
                    text(property, "activation-config-property-value"));
        }
        return properties;
    }

    private static String setting(String expression) {
        return expression
                .replaceFirst("^\\$\\{zipkin\\.unset.*:(\\$\\{.*})}$", "$1")
                .replaceFirst("^\\$\\{(\\w+),env\\.\\1:(.*)}$", "$1:$2");
    }

    private static String text(Element parent, String name) {
        Node node = Objects.requireNonNull(parent.getElementsByTagName(name).item(0));
        return node.getTextContent().trim();
    }
}
