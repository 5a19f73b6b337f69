/**
 * Dependency links: those of a trace, and their counts in every storage that keeps spans outside
 * this process. {@link zipkin.ee.link.DependencyAggregator} counts the traces of newly stored spans
 * with and without those spans, and the difference goes into a table by day; so late spans correct
 * the counts, and the order of spans makes no difference. The spans that are not counted yet, and
 * the table, are the storage's ({@link zipkin.ee.link.LinkStore}). May use concurrent and zipkin2.
 */
@NullMarked
package zipkin.ee.link;

import org.jspecify.annotations.NullMarked;
