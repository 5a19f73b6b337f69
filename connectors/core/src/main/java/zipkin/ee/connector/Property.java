package zipkin.ee.connector;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads activation properties by {@link SettingText}, as the WAR reads its settings. Errors name
 * the setting that the property's text comes from.
 */
public final class Property {
    private Property() {}

    public static int number(String setting, String text, int min, int max) throws InvalidPropertyException {
        return read(setting, text, SettingText.range(min, max), value -> (int) SettingText.number(value, min, max));
    }

    public static boolean flag(String setting, String text) throws InvalidPropertyException {
        return read(setting, text, SettingText.FLAG, SettingText::flag);
    }

    public static Duration duration(String setting, String text) throws InvalidPropertyException {
        return read(setting, text, SettingText.DURATION, SettingText::duration);
    }

    /**
     * Reads a property by a parser of its own.
     *
     * @param allowed which texts the parser takes, for the error
     * @param parser throws IllegalArgumentException for any other text
     */
    public static <T> T read(String setting, String text, String allowed, Function<String, T> parser)
            throws InvalidPropertyException {
        T value = valueOrNull(text.strip(), parser);
        if (value == null) {
            throw new InvalidPropertyException(
                    setting + "=" + SecretMask.value(setting, text) + ": must be " + allowed);
        }
        return value;
    }

    private static <T> @Nullable T valueOrNull(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            return null; // without the exception, whose message may repeat a secret
        }
    }
}
