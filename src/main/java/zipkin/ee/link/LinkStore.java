package zipkin.ee.link;

import java.util.Collection;
import java.util.Map;
import java.util.function.ToIntFunction;
import zipkin.ee.link.LinkChanges.Change;
import zipkin.ee.link.LinkChanges.Link;

/** A database that keeps spans and dependency links, for {@link DependencyAggregator}. */
public interface LinkStore {
    /** The contribution of one trace to the counts of links. */
    interface Trace {
        /** Links by the spans that are counted already. */
        Map<Link, Change> counted();

        /** Links by these spans and those that the present step counts. */
        Map<Link, Change> present();
    }

    /** One step: some of the stored spans whose links are not counted. Used by one thread, once. */
    interface Step {
        /** Whether spans have rested long enough. If not, the other methods are not called. */
        boolean pending();

        /** The traces of those spans, whole. */
        Collection<? extends Trace> read();

        /**
         * Adds the changes to the links, and marks the spans as counted; the effect is that of one
         * application even if the server ends meanwhile.
         *
         * @return false when another server has taken the lease, and nothing was changed
         */
        boolean apply(Map<Link, Change> changes);
    }

    /**
     * Runs a step if no other server holds the lease on counting, and makes sure that none does the
     * same step.
     *
     * @return what {@code counting} returns; 0 when it was not called
     */
    int step(ToIntFunction<Step> counting);
}
