/**
 * Answers, written without holding a thread: collected while they are made, counted in a budget,
 * then written whenever the client's connection takes more, and given up when it does not. May use
 * budget, concurrent, config, http and servlets; knows no resource.
 */
@NullMarked
package zipkin.ee.http.answer;

import org.jspecify.annotations.NullMarked;
