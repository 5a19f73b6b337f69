/**
 * The account of memory: what clients and brokers can make the server hold, each kind of it with a
 * limit that a setting gives. Uses nothing but CDI; knows neither spans nor transports.
 * docs/operating/memory.md lists the budgets.
 */
@NullMarked
package zipkin.ee.budget;

import org.jspecify.annotations.NullMarked;
