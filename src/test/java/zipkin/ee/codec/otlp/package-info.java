/**
 * Tests of zipkin.ee.codec.otlp. May use zipkin2, OpenTelemetry's messages and zipkin.ee.hostile
 * only.
 */
@NullMarked
package zipkin.ee.codec.otlp;

import org.jspecify.annotations.NullMarked;
