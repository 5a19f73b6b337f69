/** Tests of the UI's content and of what HTTP tells of it. */
@NullMarked
package zipkin.ee.ui;

import org.jspecify.annotations.NullMarked;
