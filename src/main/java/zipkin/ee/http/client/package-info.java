/**
 * Requests to other servers, by the JDK, and the header by which servers that forward spans find
 * loops. May use the JDK only.
 */
@NullMarked
package zipkin.ee.http.client;

import org.jspecify.annotations.NullMarked;
