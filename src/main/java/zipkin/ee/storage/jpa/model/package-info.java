/**
 * The tables of a SQL storage as entities, mapped to the scripts in {@code schema/sql}. Ids are
 * made by the application, so that no database need generate one. Fields only: what is done with
 * them is in {@code storage.jpa}. May use Jakarta Persistence.
 */
@NullMarked
package zipkin.ee.storage.jpa.model;

import org.jspecify.annotations.NullMarked;
