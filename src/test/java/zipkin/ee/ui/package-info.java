/** Tests of the UI's content and of the HTTP headers that it is sent with. */
@NullMarked
package zipkin.ee.ui;

import org.jspecify.annotations.NullMarked;
