/**
 * Texts as a log, an error and a page may show them: without secrets, without control characters,
 * of bounded length. Every package may use it; it uses the JDK alone.
 */
@NullMarked
package zipkin.ee.text;

import org.jspecify.annotations.NullMarked;
