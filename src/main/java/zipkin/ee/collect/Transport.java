package zipkin.ee.collect;

import org.jspecify.annotations.Nullable;

/** What the start-up screen and /health show of a transport. Each transport is a bean. */
public interface Transport {
    /** The label of its counters: http, grpc, kafka, … */
    String label();

    boolean enabled();

    /** Where spans are taken when it is enabled, and otherwise which setting would enable it. */
    String detail();

    /**
     * Whether a message that could not be stored comes again by itself, so that its spans are not
     * dropped.
     */
    default boolean redelivers() {
        return false;
    }

    /** Whether its counters are published before its first message. */
    default boolean countsFromTheStart() {
        return enabled();
    }

    /** Its name in /health when it is enabled; null when it depends on nothing that can be down. */
    default @Nullable String component() {
        return null;
    }

    /**
     * Why no spans come, and what to do, when it is enabled and should take them; null when all is
     * well. May take a second.
     */
    default @Nullable String problem() {
        return null;
    }
}
