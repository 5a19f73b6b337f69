/**
 * The only door for transports: {@link zipkin.ee.collect.Collector} counts, decodes, samples and
 * stores, and its outcome says stored, malformed or try later. May use codec, zipkin2 and config;
 * knows no transport and no storage.
 */
@NullMarked
package zipkin.ee.collect;

import org.jspecify.annotations.NullMarked;
