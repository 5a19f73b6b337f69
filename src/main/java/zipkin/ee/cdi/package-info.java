/** How the application's beans are declared. May use CDI only. */
@NullMarked
package zipkin.ee.cdi;

import org.jspecify.annotations.NullMarked;
