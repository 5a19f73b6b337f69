package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.function.Function;

/** Transactions of the persistence provider alone, outside an application server. */
record LocalTransactions(EntityManagerFactory factory) implements Transactions {
    @Override
    public <T> T call(Function<EntityManager, T> work) {
        try (EntityManager manager = factory.createEntityManager()) {
            manager.getTransaction().begin();
            try {
                T result = work.apply(manager);
                manager.getTransaction().commit();
                return result;
            } catch (RuntimeException | Error e) {
                if (manager.getTransaction().isActive()) {
                    manager.getTransaction().rollback();
                }
                throw e;
            }
        }
    }
}
