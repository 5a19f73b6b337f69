package zipkin.ee.collect;

import java.util.Locale;

/**
 * A transport of messages that are addressed by a setting, switched off by
 * {@code COLLECTOR_<LABEL>_ENABLED}, and sent again by their broker until they are acknowledged.
 */
public abstract class BrokerTransport implements Transport {
    private final String label;
    private final boolean switchedOn;
    private final boolean addressed;
    private final String missing;

    /**
     * @param switchedOn by its setting
     * @param addressed whether the setting that says where messages are is set
     * @param missing for an operator: which setting that is
     */
    protected BrokerTransport(String label, boolean switchedOn, boolean addressed, String missing) {
        this.label = label;
        this.switchedOn = switchedOn;
        this.addressed = addressed;
        this.missing = missing;
    }

    /** Where messages are, when they are addressed. */
    protected abstract String place();

    @Override
    public final String label() {
        return label;
    }

    @Override
    public final boolean enabled() {
        return switchedOn && addressed;
    }

    @Override
    public final String detail() {
        if (!switchedOn) {
            return "COLLECTOR_" + label.toUpperCase(Locale.ROOT) + "_ENABLED=false";
        }
        return addressed ? place() : missing;
    }

    @Override
    public final boolean redelivers() {
        return true;
    }
}
