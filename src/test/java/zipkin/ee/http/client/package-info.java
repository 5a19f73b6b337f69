@NullMarked
package zipkin.ee.http.client;

import org.jspecify.annotations.NullMarked;
