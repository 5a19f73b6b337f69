/**
 * JSON of other servers' APIs, by Jackson's streams; spans have readers and writers of their own.
 * May use Jackson's streams.
 */
@NullMarked
package zipkin.ee.json;

import org.jspecify.annotations.NullMarked;
