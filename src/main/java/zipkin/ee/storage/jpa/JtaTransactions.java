package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Function;
import zipkin.ee.text.SafeLogger;

final class JtaTransactions implements Transactions {
    private static final Logger LOGGER = SafeLogger.of(JtaTransactions.class.getName());

    private final EntityManagerFactory factory;
    private final UserTransaction transaction;
    private final int timeoutSeconds;

    /**
     * @param transaction of the component; one object serves all threads
     */
    JtaTransactions(EntityManagerFactory factory, UserTransaction transaction, int timeoutSeconds) {
        this.factory = factory;
        this.transaction = transaction;
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public <T> T call(Function<EntityManager, T> work) {
        try {
            transaction.setTransactionTimeout(timeoutSeconds);
            transaction.begin();
        } catch (NotSupportedException | SystemException e) {
            throw new PersistenceException("Cannot begin a transaction", e);
        }
        T result;
        try (EntityManager manager = factory.createEntityManager()) {
            manager.joinTransaction();
            result = work.apply(manager);
            manager.flush();
            commit();
        } catch (RuntimeException | Error e) {
            rollBack();
            throw e;
        }
        return result;
    }

    private void commit() {
        try {
            transaction.commit();
        } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException | SystemException e) {
            throw new PersistenceException("Cannot commit", e);
        }
    }

    private void rollBack() {
        try {
            if (transaction.getStatus() != jakarta.transaction.Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        } catch (SystemException | RuntimeException e) {
            LOGGER.log(Level.DEBUG, "The transaction was rolled back already", e);
        }
    }
}
