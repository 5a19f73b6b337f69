/**
 * Live dependency links for every storage that keeps spans outside this process. When spans were
 * stored, the links of their traces are counted with and without them, and the difference goes into
 * a table by day; so late spans correct what was counted, and a trace counts once whatever its
 * spans' order. What is not counted yet, and the table, are the storage's
 * ({@link zipkin.ee.link.LinkBacklog}). May use zipkin2.
 */
@NullMarked
package zipkin.ee.link;

import org.jspecify.annotations.NullMarked;
