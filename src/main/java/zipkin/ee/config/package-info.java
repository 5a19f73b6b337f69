/**
 * What a setting is and how its text becomes a value, under the environment names that Zipkin uses;
 * and the validated records of settings that several packages read. All other records are beside
 * their feature. A new setting is a constant, a component and a call of the reader in one record; a
 * new record also gets its section in {@link zipkin.ee.ZipkinSettings}. Only
 * {@link zipkin.ee.SettingsBeans} reads configuration; everyone else injects a record. May use the
 * JDK and CDI only.
 */
@NullMarked
package zipkin.ee.config;

import org.jspecify.annotations.NullMarked;
