/** Tests of what the resource adapters share, and the container they are tested in. */
@NullMarked
package zipkin.ee.connector;

import org.jspecify.annotations.NullMarked;
