/** Tests of zipkin.ee.codec. May use zipkin2, its test objects and zipkin.ee.hostile only. */
@NullMarked
package zipkin.ee.codec;

import org.jspecify.annotations.NullMarked;
