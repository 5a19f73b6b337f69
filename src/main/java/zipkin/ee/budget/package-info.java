/**
 * Limits on the memory that clients and brokers can make the server hold. Uses CDI only; knows
 * neither spans nor transports. docs/operating/memory.md lists the budgets.
 */
@NullMarked
package zipkin.ee.budget;

import org.jspecify.annotations.NullMarked;
