/** The house rules, held by tests: which package may use which, and what no class does. */
@NullMarked
package zipkin.ee.house;

import org.jspecify.annotations.NullMarked;
