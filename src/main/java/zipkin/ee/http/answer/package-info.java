/**
 * Answers that are written without holding a thread: collected, counted in a budget, written
 * whenever the connection is ready, and dropped if the client does not read. May use budget,
 * concurrent, config, http and servlets; knows no resource.
 */
@NullMarked
package zipkin.ee.http.answer;

import org.jspecify.annotations.NullMarked;
