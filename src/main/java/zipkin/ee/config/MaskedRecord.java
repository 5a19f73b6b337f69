package zipkin.ee.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import zipkin.ee.text.SecretMask;

/** The text of a record of settings, with every value as far as {@link SecretMask} shows it. */
public final class MaskedRecord {
    private MaskedRecord() {}

    public static String text(Record settings) {
        return settings.getClass().getSimpleName()
                + Arrays.stream(settings.getClass().getRecordComponents())
                        .map(component -> component.getName() + "=" + shown(settings, component))
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String shown(Record settings, RecordComponent component) {
        Object value;
        try {
            value = component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            return "…";
        }
        if (value instanceof Record part) {
            return text(part);
        }
        return isHarmless(value) ? String.valueOf(value) : SecretMask.value(component.getName(), String.valueOf(value));
    }

    private static boolean isHarmless(@Nullable Object value) {
        return value == null
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Duration
                || value instanceof Enum;
    }
}
