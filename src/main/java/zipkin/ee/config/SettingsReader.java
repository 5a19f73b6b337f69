package zipkin.ee.config;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import zipkin.ee.text.SecretMask;

/**
 * Reads settings from a source of texts and gathers everything that is wrong, so that one start
 * shows all of it.
 */
final class SettingsReader {
    private final Function<String, @Nullable String> source;
    private final List<String> errors = new ArrayList<>();

    /**
     * @param source gives the text of a name, or null when it is not set
     */
    SettingsReader(Function<String, @Nullable String> source) {
        this.source = source;
    }

    /**
     * The setting's value; its default when it is not set or wrong, and then the fault is
     * remembered.
     */
    <T> T get(Setting<T> setting) {
        T fallback = setting.parser().parse(setting.defaultText());
        T value = find(setting);
        return value == null ? fallback : value;
    }

    /** The setting's value, or {@code fallback} where the default follows from another setting. */
    <T> T get(Setting<T> setting, T fallback) {
        T value = find(setting);
        return value == null ? fallback : value;
    }

    /** The setting's value, or null when it is not set. */
    <T> @Nullable T find(Setting<T> setting) {
        T value = read(setting, setting.name());
        for (int i = 0; value == null && i < setting.aliases().size(); i++) {
            value = read(setting, setting.aliases().get(i));
        }
        return value;
    }

    private <T> @Nullable T read(Setting<T> setting, String name) {
        String text = source.apply(name);
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return setting.parser().parse(text.trim());
        } catch (IllegalArgumentException | DateTimeException e) {
            refuse(name, text.trim(), setting.allowed());
            return null;
        }
    }

    /**
     * Every error of a setting is made here; its value is shown as far as {@link SecretMask} does.
     */
    void refuse(String name, String value, String allowed) {
        errors.add(name + "=" + SecretMask.value(name, value) + ": must be " + allowed);
    }

    /** Throws when any setting read so far was wrong. */
    void throwIfRefused() {
        if (!errors.isEmpty()) {
            throw new InvalidSettingsException(errors);
        }
    }
}
