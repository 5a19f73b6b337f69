/**
 * The Lens UI: its files in {@code WEB-INF/lens}, its index and {@code config.json}. May use
 * Jakarta REST, CDI, the servlet context, jackson-core, config and http.
 */
@NullMarked
package zipkin.ee.ui;

import org.jspecify.annotations.NullMarked;
