/**
 * Storage in PostgreSQL, MySQL, MariaDB and H2 through Jakarta Persistence and a data source of the
 * application server. One row for each span; an inverted index of what spans are searched by,
 * shared by the spans that are stored together; names; links by day. Writers only add rows that
 * nobody else writes, so that they never wait for each other. May use Jakarta Persistence, Jakarta
 * Transactions, JDBC, zipkin2, config, concurrent, link, storage; nothing of one persistence
 * provider.
 */
@NullMarked
package zipkin.ee.storage.jpa;

import org.jspecify.annotations.NullMarked;
