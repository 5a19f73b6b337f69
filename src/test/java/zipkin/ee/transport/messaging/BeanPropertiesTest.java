package zipkin.ee.transport.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * A bean's properties stand twice: in its annotation for Payara, in jboss-ejb3.xml for WildFly,
 * each with the server's kind of expression (docs/adr/0014).
 */
class BeanPropertiesTest {
    private static final Path WILDFLYS = Path.of("src", "main", "webapp", "WEB-INF", "jboss-ejb3.xml");

    @ParameterizedTest
    @ValueSource(classes = {KafkaBean.class, RabbitMqBean.class, PulsarBean.class})
    void connectorsProperties_areTheSameOnBothServers(Class<?> bean) throws Exception {
        Map<String, String> payaras = payaras(bean);
        assertThat(payaras.remove("resourceAdapter")).containsPattern("(^|:)zipkin-");
        assertThat(payaras.remove("active")).matches("COLLECTOR_\\w+_ENABLED:true");

        assertThat(payaras).isEqualTo(wildFlys(bean)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {JmsBean.class, ActiveMqBean.class, JournalBean.class})
    void jmsProperties_thatBothServersHave_areTheSame_butForNamesInTheDirectory(Class<?> bean) throws Exception {
        Map<String, String> payaras = payaras(bean);
        Map<String, String> wildFlys = wildFlys(bean);

        payaras.replaceAll((name, value) -> value.replace("jms/queue", "java:/jms/queue"));
        wildFlys.forEach(
                (name, value) -> assertThat(payaras.getOrDefault(name, value)).isEqualTo(value));
        assertThat(payaras.get("destinationType")).isEqualTo("jakarta.jms.Queue");
    }

    @ParameterizedTest
    @ValueSource(classes = {JmsBean.class, ActiveMqBean.class, JournalBean.class})
    void concurrencyOfJms_followsTheSameSetting(Class<?> bean) throws Exception {
        String setting = bean == JmsBean.class
                ? "ZIPKIN_JMS_CONCURRENCY:4"
                : bean == ActiveMqBean.class ? "ACTIVEMQ_CONCURRENCY:1" : "COLLECTOR_CONCURRENCY:8";
        assertThat(payaras(bean)).containsValue(setting);
        assertThat(wildFlys(bean)).containsValue(setting);
    }

    @ParameterizedTest
    @ValueSource(classes = {KafkaBean.class, RabbitMqBean.class, PulsarBean.class})
    void connectorsDelivery_isSwitchedByTheSameSetting(Class<?> bean) throws Exception {
        String name = bean.getAnnotation(MessageDriven.class).name();
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(WILDFLYS.toFile());
        NodeList deliveries = document.getElementsByTagName("d:delivery");
        Map<String, String> active = new HashMap<>();
        for (int i = 0; i < deliveries.getLength(); i++) {
            Element delivery = (Element) deliveries.item(i);
            active.put(text(delivery, "ejb-name"), setting(text(delivery, "d:active")));
        }

        assertThat(active).containsEntry(name, payaras(bean).get("active"));
    }

    /** Names to {@code SETTING:default}, or to a text. */
    private static Map<String, String> payaras(Class<?> bean) {
        return Arrays.stream(bean.getAnnotation(MessageDriven.class).activationConfig())
                .collect(Collectors.toMap(ActivationConfigProperty::propertyName, property -> property.propertyValue()
                        .replaceFirst("^\\$\\{MPCONFIG=(.*)}$", "$1")));
    }

    private static Map<String, String> wildFlys(Class<?> bean) throws Exception {
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
                    setting(text(property, "activation-config-property-value")));
        }
        return properties;
    }

    private static String setting(String expression) {
        return expression.replaceFirst("^\\$\\{(\\w+),env\\.\\1:(.*)}$", "$1:$2");
    }

    private static String text(Element parent, String name) {
        Node node = Objects.requireNonNull(parent.getElementsByTagName(name).item(0));
        return node.getTextContent().trim();
    }
}
