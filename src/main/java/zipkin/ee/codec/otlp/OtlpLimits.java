package zipkin.ee.codec.otlp;

import java.util.Locale;

/**
 * Counts what one message contains and stops reading beyond the limits, which are those of the
 * Zipkin intake. For one message and thread.
 */
final class OtlpLimits {
    static final int MAX_SPANS = 250_000;

    /**
     * Attributes, elements of arrays and maps, events and links. Attributes of a resource or a
     * scope count again for each span that they are copied to.
     */
    static final int MAX_ENTRIES = 500_000;

    /** Levels of arrays and maps in an attribute. */
    static final int MAX_DEPTH = 255;

    /** As in {@link zipkin.ee.codec.Limits}: what turning Σ and İ into lower case costs. */
    private static final long MAX_LOWER_CASE_STEPS = 50_000_000;

    private static final int STEPS_PER_CHARACTER = 256;

    private int items;
    private long entries;
    private long lowerCaseSteps;
    private boolean tooDeep;

    /** Counts a span or a log record. */
    void item() {
        if (++items > MAX_SPANS) {
            throw OtlpProblem.exceeded(MAX_SPANS + " spans or log records in a message");
        }
    }

    void entries(int more) {
        entries += more;
        if (entries > MAX_ENTRIES) {
            throw OtlpProblem.exceeded(MAX_ENTRIES + " tags, annotations and links in a message,"
                    + " with resource attributes counted for each span,");
        }
    }

    long entries() {
        return entries;
    }

    /** Whether values at this level may be read. If not, whatever holds them is too deep. */
    boolean allowsDepth(int depth) {
        tooDeep |= depth > MAX_DEPTH;
        return depth <= MAX_DEPTH;
    }

    /** Whether something was too deep since the last call. */
    boolean takeTooDeep() {
        boolean was = tooDeep;
        tooDeep = false;
        return was;
    }

    /** Refuses the message if an attribute of a resource or a scope was too deep. */
    void expectNotTooDeep() {
        if (takeTooDeep()) {
            throw OtlpProblem.exceeded(MAX_DEPTH + " levels of nesting in an attribute of a resource or a scope");
        }
    }

    /**
     * Turns a name into lower case. The JDK scans the word for each Σ and copies the whole text for
     * each İ.
     */
    String lowerCase(String name) {
        long costly = name.chars().filter(c -> c == 'Σ' || c == 'İ').count();
        lowerCaseSteps += costly * (STEPS_PER_CHARACTER + name.length());
        if (lowerCaseSteps > MAX_LOWER_CASE_STEPS) {
            throw OtlpProblem.exceeded(MAX_LOWER_CASE_STEPS + " steps to turn Σ and İ in names into lower case");
        }
        return name.toLowerCase(Locale.ROOT);
    }
}
