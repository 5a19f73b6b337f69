/** Tests of what {@code mvn package -Pdistribution} leaves in target/distribution. */
@NullMarked
package zipkin.ee.distribution;

import org.jspecify.annotations.NullMarked;
