/**
 * The Lens UI: its files, which the WAR carries in {@code WEB-INF/lens}, its index for every route
 * that Lens draws itself, and {@code config.json}. May use Jakarta REST, CDI, the servlet context,
 * jackson-core, config and http.
 */
@NullMarked
package zipkin.ee.ui;

import org.jspecify.annotations.NullMarked;
