/**
 * The search index of a SQL storage as pure functions: which spans are stored together (a batch),
 * which terms a span has, and how sets of a batch's spans are written as bytes. Knows neither JPA
 * nor a database. May use zipkin2.
 */
@NullMarked
package zipkin.ee.storage.jpa.index;

import org.jspecify.annotations.NullMarked;
