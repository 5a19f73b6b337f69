@NullMarked
package zipkin.ee.storage.elasticsearch;

import org.jspecify.annotations.NullMarked;
