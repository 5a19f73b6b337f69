/**
 * Amazon Web Services: signed requests, and where credentials and regions come from, which the AWS
 * SDK decides by its documented chains (environment, system properties, web identity, profiles,
 * containers, instance metadata). Each service's own API is where it is used. May use the AWS SDK,
 * json, and config.
 */
@NullMarked
package zipkin.ee.aws;

import org.jspecify.annotations.NullMarked;
