/**
 * Every setting of Zipkin EE: one validated record per concern, under the environment names that
 * Zipkin uses. A new setting is a constant, a component and a call of the reader in one record; a
 * new record also gets its section in {@link zipkin.ee.config.ZipkinSettings}. Only
 * {@link zipkin.ee.config.SettingsBeans} reads configuration; everyone else injects a record. May
 * use MicroProfile Config and CDI.
 */
@NullMarked
package zipkin.ee.config;

import org.jspecify.annotations.NullMarked;
