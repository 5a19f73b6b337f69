/** Requests to other servers, by the JDK. May use the JDK only. */
@NullMarked
package zipkin.ee.http.client;

import org.jspecify.annotations.NullMarked;
