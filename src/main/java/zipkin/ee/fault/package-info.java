/**
 * What an error is called: in the log for the operator, once, and outside for anybody, without what
 * it gives away. Uses text and the JDK.
 */
@NullMarked
package zipkin.ee.fault;

import org.jspecify.annotations.NullMarked;
