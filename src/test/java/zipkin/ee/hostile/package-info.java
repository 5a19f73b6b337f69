/**
 * Messages that mean harm: made by a seeded mutation engine or by hand, for the reader alone and
 * for the whole server. May use zipkin.ee.codec, zipkin.ee.testing, zipkin2 and the JDK only.
 */
@NullMarked
package zipkin.ee.hostile;

import org.jspecify.annotations.NullMarked;
