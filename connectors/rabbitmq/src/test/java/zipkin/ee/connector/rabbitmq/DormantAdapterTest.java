package zipkin.ee.connector.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ResourceAdapter;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import zipkin.ee.connector.SimulatedContainer;

class DormantAdapterTest {
    @Test
    void withoutABroker_noThreadIsTaken_andNoClassOfTheClientIsLoaded() throws Exception {
        ClassLoader withoutClient = new WithoutClient(getClass().getClassLoader());
        ResourceAdapter adapter = make(withoutClient, "RabbitResourceAdapter", ResourceAdapter.class);
        ActivationSpec spec = make(withoutClient, "RabbitActivationSpec", ActivationSpec.class);
        try (SimulatedContainer container = new SimulatedContainer()) {
            adapter.start(container.bootstrapContext());
            spec.validate();
            adapter.endpointActivation(container.endpointFactory(), spec);
            assertThat(AdapterFixture.attribute("State")).isEqualTo("DORMANT");
            assertThat(AdapterFixture.attribute("Detail"))
                    .contains("RABBIT_ADDRESSES")
                    .contains("RABBIT_URI");
            assertThat(container.startedWorks()).isZero();
            adapter.stop();
        }
        assertThat(AdapterFixture.attribute("State")).isEqualTo("none");
    }

    private static <T> T make(ClassLoader loader, String name, Class<T> type) throws ReflectiveOperationException {
        return type.cast(loader.loadClass("zipkin.ee.connector.rabbitmq." + name)
                .getConstructor()
                .newInstance());
    }

    /** Loads the adapter's classes itself, and refuses those of RabbitMQ's client. */
    private static final class WithoutClient extends ClassLoader {
        WithoutClient(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.rabbitmq.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("zipkin.ee.connector.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
