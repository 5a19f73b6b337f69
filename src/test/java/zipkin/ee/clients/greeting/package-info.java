/** An application of Jakarta REST, which knows nothing of tracing. OtlpWildFlyIT deploys it. */
@NullMarked
package zipkin.ee.clients.greeting;

import org.jspecify.annotations.NullMarked;
