/**
 * Makes what is given to people who do not build: a server folder that holds no module that its
 * configuration cannot reach, the licence check, the bills of materials and the checksums. Runs at
 * build time only; may use the JDK and the CycloneDX library.
 */
@NullMarked
package zipkin.ee.distribution;

import org.jspecify.annotations.NullMarked;
