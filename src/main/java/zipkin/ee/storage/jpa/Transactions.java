package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/** Runs work in transactions. Thread safe. */
interface Transactions {
    /**
     * Runs {@code work} in a transaction of its own, with an entity manager that ends with it:
     * commits when it returns and rolls back when it throws.
     *
     * @throws RuntimeException of {@code work}, of the persistence provider or of the commit
     */
    <T> T call(Function<EntityManager, T> work);

    /**
     * Whether a transaction has failed because the database takes no writes, and none was seen to
     * succeed since.
     */
    default boolean isReadOnly() {
        return false;
    }

    /** A write was seen to succeed. */
    default void writable() {}
}
