/**
 * How errors are reported: to operators in the log, and to clients without internal details. Uses
 * text and the JDK.
 */
@NullMarked
package zipkin.ee.fault;

import org.jspecify.annotations.NullMarked;
