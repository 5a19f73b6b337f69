@NullMarked
package zipkin.ee.fault;

import org.jspecify.annotations.NullMarked;
