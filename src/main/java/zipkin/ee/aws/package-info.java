/**
 * Amazon Web Services by Amazon's SDK: how its clients are opened, and signatures of requests that
 * other clients send. Credentials and regions come from settings, else from the SDK's documented
 * chains (environment, system properties, web identity, profiles, containers, instance metadata).
 * What a service is asked is in the package that uses it. May use the AWS SDK and config.
 */
@NullMarked
package zipkin.ee.aws;

import org.jspecify.annotations.NullMarked;
