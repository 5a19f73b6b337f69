package zipkin.ee.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import zipkin.ee.text.SecretMask;

/**
 * Reads settings from a source of texts. Gathers everything that is wrong, so that one start shows
 * all of it, and which settings there are, for docs/operating/settings.md.
 */
public final class SettingsReader {
    private final Function<String, @Nullable String> source;
    private final List<String> errors = new ArrayList<>();
    private final Map<String, Set<Setting<?>>> sections = new LinkedHashMap<>();
    private String section = "";

    /**
     * @param source gives the text of a name, or null when it is not set
     */
    public SettingsReader(Function<String, @Nullable String> source) {
        this.source = source;
    }

    /** Reads a record whose settings are a section of their own in docs/operating/settings.md. */
    public <R> R section(String title, Function<SettingsReader, R> record) {
        String outer = section;
        section = title;
        R value = record.apply(this);
        section = outer;
        return value;
    }

    /** All settings read so far. One that several records read is in the first one's section. */
    public Map<String, Set<Setting<?>>> sections() {
        return sections;
    }

    /** The setting's value; its default when the setting is not set or refused. */
    public <T> T get(Setting<T> setting) {
        T value = find(setting);
        return value == null ? setting.parser().apply(setting.defaultText()) : value;
    }

    /** The setting's value, or {@code fallback} where the default follows from something else. */
    public <T> T get(Setting<T> setting, T fallback) {
        T value = find(setting);
        return value == null ? fallback : value;
    }

    /** The setting's value, or null when the setting is not set or refused. */
    public <T> @Nullable T find(Setting<T> setting) {
        if (sections.values().stream().noneMatch(settings -> settings.contains(setting))) {
            sections.computeIfAbsent(section, title -> new LinkedHashSet<>()).add(setting);
        }
        T value = read(setting, setting.name());
        for (int i = 0; value == null && i < setting.aliases().size(); i++) {
            value = read(setting, setting.aliases().get(i));
        }
        return value;
    }

    /** Reads settings only to refuse their values when they are wrong. */
    public void check(Setting<?>... settings) {
        for (Setting<?> setting : settings) {
            find(setting);
        }
    }

    private <T> @Nullable T read(Setting<T> setting, String name) {
        String text = source.apply(name);
        String given = SettingText.given(text);
        if (given == null) {
            return null;
        }
        if (setting.serverReads() && !given.equals(text)) {
            refuse(name, given, setting.allowed() + ", without blanks around it: the application server reads it too");
            return null;
        }
        try {
            return setting.parser().apply(given);
        } catch (IllegalArgumentException e) {
            refuse(name, given, setting.allowed());
            return null;
        }
    }

    public void refuse(Setting<?> setting, String value, String allowed) {
        refuse(setting.name(), value, allowed);
    }

    /** Refuses a topic or queue of OTLP that another setting names too: it can't hold both. */
    public void refuseShared(Setting<?> otlp, String name, Setting<?> other) {
        refuse(otlp, name, "different from " + other.name() + ", which holds Zipkin's encodings");
    }

    /**
     * Every error of a setting is made here; its value is shown as far as {@link SecretMask} does.
     */
    private void refuse(String name, String value, String allowed) {
        String error = name + "=" + SecretMask.value(name, value) + ": must be " + allowed;
        if (!errors.contains(error)) {
            errors.add(error);
        }
    }

    /** Throws when any setting read so far was wrong. */
    public void throwIfRefused() {
        if (!errors.isEmpty()) {
            throw new InvalidSettingsException(errors);
        }
    }
}
