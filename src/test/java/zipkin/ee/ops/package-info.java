@NullMarked
package zipkin.ee.ops;

import org.jspecify.annotations.NullMarked;
