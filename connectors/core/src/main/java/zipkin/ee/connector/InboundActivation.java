package zipkin.ee.connector;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The activation properties that every broker has. All properties are texts of settings, as the
 * administrator wrote them; a blank one leaves the default.
 */
public abstract class InboundActivation extends IgnoredActivationProperties implements ActivationSpec {
    private @Nullable ResourceAdapter adapter;
    private String active = "true";
    private String deadLetters = "true";
    private String maxBackOff = "30s";

    /** The text of a property without blanks around it, or {@code otherwise} when it is blank. */
    protected static String given(String text, String otherwise) {
        String given = SettingText.given(text);
        return given == null ? otherwise : given;
    }

    @Override
    public final @Nullable ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public final void setResourceAdapter(ResourceAdapter adapter) {
        this.adapter = adapter;
    }

    /**
     * Whether the setting that the property {@code active} comes from switches the transport off.
     * Only servers without a switch of their own for a bean's delivery set the property.
     */
    public final boolean isSwitchedOff(String setting) throws InvalidPropertyException {
        return !Property.flag(setting, active);
    }

    public final String getActive() {
        return active;
    }

    public final void setActive(String active) {
        this.active = given(active, this.active);
    }

    public final String getDeadLetters() {
        return deadLetters;
    }

    public final void setDeadLetters(String deadLetters) {
        this.deadLetters = given(deadLetters, this.deadLetters);
    }

    public final String getMaxBackOff() {
        return maxBackOff;
    }

    public final void setMaxBackOff(String maxBackOff) {
        this.maxBackOff = given(maxBackOff, this.maxBackOff);
    }
}
