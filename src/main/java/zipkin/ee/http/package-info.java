/**
 * Rules for all HTTP requests and answers: validation, errors as text, CORS, the API's paths below
 * {@code /zipkin}, loops of servers, and workarounds for application servers. May use config,
 * http.client, Jakarta REST and servlets; knows no resource.
 */
@NullMarked
package zipkin.ee.http;

import org.jspecify.annotations.NullMarked;
