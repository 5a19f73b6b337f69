/**
 * Arquillian deploys the WAR to an untouched WildFly, with {@code standalone.xml} and with
 * {@code standalone-full.xml} (src/test/resources/arquillian.xml), as an administrator would. May
 * use Arquillian, zipkin2 and {@code zipkin.ee.testing}.
 */
@NullMarked
package zipkin.ee.arquillian;

import org.jspecify.annotations.NullMarked;
