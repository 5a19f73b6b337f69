/** What AWS would check of requests. */
@NullMarked
package zipkin.ee.testing.aws;

import org.jspecify.annotations.NullMarked;
