/**
 * The differential test: the same requests, in the same order, to the reference and to Zipkin EE,
 * and a comparison of status, named headers and bodies, byte for byte, but for the written
 * deviations.
 *
 * <p>{@code *Cases} classes hold the requests as data, one class per area;
 * {@link zipkin.ee.differential.Comparer} says what is compared;
 * {@link zipkin.ee.differential.Deviations} says where the answers differ on purpose, and
 * {@code docs/compatibility.md} repeats that list with its reasons. May use zipkin2's encoders to
 * make bodies, and {@code zipkin.ee.testing} to start the servers.
 */
@NullMarked
package zipkin.ee.differential;

import org.jspecify.annotations.NullMarked;
