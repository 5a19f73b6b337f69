package zipkin.ee.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import zipkin.ee.testing.Spellings;
import zipkin.ee.testing.Spellings.Handed;

/** Tries every spelling of {@link Spellings} on every property of an adapter's activations. */
public final class ActivationSpellings {
    /** What an adapter makes of a property. */
    @FunctionalInterface
    public interface Reading<S> {
        Object value(S activation, String property) throws InvalidPropertyException;
    }

    private ActivationSpellings() {}

    public static <S extends InboundActivation> void assertRead(
            String broker, Supplier<S> activations, Reading<S> reading) {
        for (Handed handed : Spellings.handed(broker)) {
            Spellings.of(handed.kind(), handed.defaultText()).forEach((text, expected) -> {
                S activation = activations.get();
                set(activation, handed.property(), text);
                assertReadAs(handed, text, expected, activation, reading);
            });
        }
    }

    private static <S extends InboundActivation> void assertReadAs(
            Handed handed, String text, @Nullable Object expected, S activation, Reading<S> reading) {
        String name = handed.setting() + "=" + text.strip() + ": must be ";
        if (expected == null) {
            assertThatThrownBy(activation::validate)
                    .isInstanceOf(InvalidPropertyException.class)
                    .hasMessageStartingWith(name);
            return;
        }
        try {
            activation.validate();
            assertThat(reading.value(activation, handed.property())).as(name).isEqualTo(expected);
        } catch (InvalidPropertyException e) {
            throw new AssertionError(name, e);
        }
    }

    private static void set(InboundActivation activation, String name, String text) {
        try {
            PropertyDescriptor property = Arrays.stream(
                            Introspector.getBeanInfo(activation.getClass()).getPropertyDescriptors())
                    .filter(each -> each.getName().equals(name))
                    .findFirst()
                    .orElseThrow();
            property.getWriteMethod().invoke(activation, text);
        } catch (ReflectiveOperationException | java.beans.IntrospectionException e) {
            throw new AssertionError(name, e);
        }
    }
}
