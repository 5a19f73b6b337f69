/** Tests of what is shown of texts from elsewhere. */
@NullMarked
package zipkin.ee.text;

import org.jspecify.annotations.NullMarked;
