/**
 * The WAR on Payara by Arquillian, without connectors. Run with another adapter of Arquillian on
 * the class path than the tests on WildFly, so by executions of their own in pom.xml. May use
 * testing.
 */
@NullMarked
package zipkin.ee.arquillian.payara;

import org.jspecify.annotations.NullMarked;
