package zipkin.ee.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.connector.SimulatedContainer;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.FreePort;

class KafkaResourceAdapterTest {
    private final SimulatedContainer container = new SimulatedContainer();
    private final MessageEndpointFactory factory = container.endpointFactory();

    /** In a class loader that has the adapter, but not Kafka. */
    @Test
    void adapter_withoutBrokers_hasNoThreadAndLoadsNoClassOfKafka() throws Exception {
        ClassLoader loader = new WithoutKafka();
        ResourceAdapter adapter = create(loader, "KafkaResourceAdapter", ResourceAdapter.class);
        ActivationSpec spec = create(loader, "KafkaActivationSpec", ActivationSpec.class);
        BootstrapContext context = container.bootstrapContext();
        spec.validate();
        adapter.start(context);
        adapter.endpointActivation(factory, spec);

        assertThat(container.startedWorks()).isZero();
        assertThat(states()).containsExactly("DORMANT");
        adapter.endpointDeactivation(factory, spec);
        adapter.stop();
        assertThat(states()).isEmpty();
    }

    @Test
    void sender_isThereAsLongAsItsAdapter_andASecondAdapterTakesNothingAway() throws Exception {
        ObjectName sender = new ObjectName("zipkin.ee:type=Sender,name=kafka");
        KafkaResourceAdapter first = new KafkaResourceAdapter();
        KafkaResourceAdapter second = new KafkaResourceAdapter();
        first.start(container.bootstrapContext());
        second.start(container.bootstrapContext());
        second.stop();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(sender))
                .isTrue();

        first.stop();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(sender))
                .isFalse();
    }

    /**
     * As the bean for Pulsar is bound where its adapter is not installed, though Kafka is
     * configured.
     */
    @Test
    void activationThatIsMeantForAnotherAdapter_isIdle() throws Exception {
        KafkaResourceAdapter adapter = new KafkaResourceAdapter();
        KafkaActivationSpec spec = new KafkaActivationSpec();
        spec.setTopic("spans");
        spec.setServiceUrl("pulsar://pulsar:6650");
        adapter.start(container.bootstrapContext());
        adapter.endpointActivation(factory, spec);

        assertThat(container.startedWorks()).isZero();
        assertThat(states()).isEmpty();
        adapter.endpointDeactivation(factory, spec);
        adapter.stop();
    }

    @Test
    void adapter_withBrokersThatAreNotThere_startsAndSaysSo() throws Exception {
        KafkaResourceAdapter adapter = new KafkaResourceAdapter();
        KafkaActivationSpec spec = new KafkaActivationSpec();
        spec.setBootstrapServers("127.0.0.1:" + FreePort.find());
        spec.setStreams("2");
        adapter.start(container.bootstrapContext());
        adapter.endpointActivation(factory, spec);
        assertThat(container.startedWorks()).isEqualTo(2);
        Await.value("state", KafkaResourceAdapterTest::states, states -> states.equals(Set.of("CONNECTING")));

        adapter.endpointDeactivation(factory, spec);
        Await.value("running works", container::runningWorks, running -> running == 0);
        assertThat(container.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "streams|0|KAFKA_STREAMS=0: must be a whole number from 1 to 1000",
                "streams|abc|KAFKA_STREAMS=abc: must be a whole number from 1 to 1000",
                "topic|,|KAFKA_TOPIC=,: must be at least one topic",
                "deadLetters|maybe|KAFKA_DEAD_LETTERS=maybe: must be true or false",
                "maxBackOff|soon|COLLECTOR_MAX_BACKOFF=soon: must be a positive duration such as 500ms, 11s, 2m, 1h "
                        + "or PT11S; a bare number counts milliseconds"
            })
    void property_wrong_isRefusedWithTheNameOfItsSetting(String property, String value, String message) {
        KafkaActivationSpec spec = new KafkaActivationSpec();
        setter(spec, property).accept(value);
        assertThatThrownBy(spec::validate)
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessage(message);
    }

    private static Consumer<String> setter(KafkaActivationSpec spec, String property) {
        return switch (property) {
            case "streams" -> spec::setStreams;
            case "topic" -> spec::setTopic;
            case "groupId" -> spec::setGroupId;
            case "deadLetters" -> spec::setDeadLetters;
            default -> spec::setMaxBackOff;
        };
    }

    private static Set<String> states() {
        try {
            var server = ManagementFactory.getPlatformMBeanServer();
            Set<String> states = new HashSet<>();
            for (ObjectName name : server.queryNames(new ObjectName("zipkin.ee:type=Connector,name=kafka,*"), null)) {
                states.add((String) server.getAttribute(name, "State"));
            }
            return states;
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T create(ClassLoader loader, String name, Class<T> type) throws ReflectiveOperationException {
        Class<?> found = loader.loadClass("zipkin.ee.connector.kafka." + name);
        return type.cast(found.getConstructor().newInstance());
    }

    /** Defines the adapter's classes again, so that what they need is looked for here. */
    private static final class WithoutKafka extends ClassLoader {
        WithoutKafka() {
            super(KafkaResourceAdapterTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.apache.kafka.")) {
                throw new ClassNotFoundException(name + " is wanted by a dormant adapter");
            }
            if (!name.startsWith("zipkin.ee.connector.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] all = bytes.readAllBytes();
                return defineClass(name, all, 0, all.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
