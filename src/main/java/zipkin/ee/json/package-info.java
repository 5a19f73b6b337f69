/**
 * JSON of other servers' APIs: written as a stream, and read as trees by Jackson's databind; spans
 * have readers and writers of their own. May use Jackson.
 */
@NullMarked
package zipkin.ee.json;

import org.jspecify.annotations.NullMarked;
