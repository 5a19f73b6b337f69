/**
 * Headless Chromium opens the UI that a running Zipkin EE serves, and pages that send spans to it.
 * May use Selenium, zipkin2 and {@code zipkin.ee.testing}; nothing of the server's own code.
 */
@NullMarked
package zipkin.ee.browser;

import org.jspecify.annotations.NullMarked;
