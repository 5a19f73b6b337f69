/**
 * Databases for tests of storage: PostgreSQL and MariaDB as processes of their own, H2 inside the
 * test's JVM; pools of connections and JPA outside an application server. May use JDBC, its drivers
 * and HikariCP, JPA and its providers, and {@code testing}; the programs of PostgreSQL and MariaDB
 * are unpacked by the build, for Linux on x86-64.
 */
@NullMarked
package zipkin.ee.testing.sql;

import org.jspecify.annotations.NullMarked;
