/**
 * What all HTTP requests and answers share: refusals of what is not HTTP, text errors instead of a
 * container's pages, CORS, compression, the second home of the API below {@code /zipkin}, and what
 * servers do wrong. May use config, Jakarta REST and servlets; knows no resource.
 */
@NullMarked
package zipkin.ee.http;

import org.jspecify.annotations.NullMarked;
