package zipkin.ee;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import java.lang.reflect.RecordComponent;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Makes {@link ZipkinSettings} and each of its components a bean. Settings come from MicroProfile
 * Config: system properties, the environment, and its other sources.
 */
public final class SettingsBeans implements Extension {
    void add(@Observes AfterBeanDiscovery event) {
        event.addBean()
                .types(ZipkinSettings.class)
                .scope(Singleton.class)
                .produceWith(beans -> read(ConfigProvider.getConfig()));
        for (RecordComponent component : ZipkinSettings.class.getRecordComponents()) {
            event.addBean()
                    .types(component.getType())
                    .scope(Singleton.class)
                    .produceWith(beans ->
                            value(component, beans.select(ZipkinSettings.class).get()));
        }
    }

    private static ZipkinSettings read(Config config) {
        return ZipkinSettings.read(
                name -> config.getOptionalValue(name, String.class).orElse(null));
    }

    private static Object value(RecordComponent component, ZipkinSettings settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No " + component.getName() + " in the settings", e);
        }
    }
}
