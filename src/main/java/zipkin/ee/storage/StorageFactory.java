package zipkin.ee.storage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import zipkin.ee.text.SafeLogger;
import zipkin2.storage.StorageComponent;

/**
 * Makes the storage of one kind. A CDI bean, qualified by {@link StorageType}; it is instantiated
 * only when it was selected, so it may open what it needs in {@link #create()}.
 */
public interface StorageFactory {
    /**
     * Opens the storage. Called once, while the application starts.
     *
     * <p>Writing may throw {@link StorageUnavailableException}, or codec's MalformedSpansException
     * for spans that it can't ever take.
     *
     * @throws RuntimeException with a message for the operator when it can't ever work with
     *     the present settings
     */
    StorageComponent create();

    /**
     * Opens a storage that need not be there yet. If it is not, the application starts without it.
     *
     * @param opening opens the storage, or throws
     * @param closing releases what was opened when the deployment is stopped
     * @throws UnusableStorageException of {@code opening}
     */
    static void openOrWait(Runnable opening, Runnable closing) {
        Logger logger = SafeLogger.of(StorageFactory.class.getName());
        try {
            opening.run();
        } catch (UnusableStorageException e) {
            // The server's own report of a failed deployment is long; this is the line to read.
            logger.log(Level.ERROR, "{0}", e.getMessage());
            closing.run();
            throw e;
        } catch (StorageUnavailableException e) {
            logger.log(
                    Level.WARNING,
                    "{0} Zipkin EE starts nevertheless, and answers 503 until the storage can be used.",
                    e.getMessage());
        }
    }

    /**
     * The text of the start-up screen after the type: where the storage is, how long spans are
     * kept. One line, no secret.
     */
    default String summary() {
        return "";
    }

    /** Writes wait for something outside this process, unless a storage declares otherwise. */
    default StorageCapabilities capabilities() {
        return StorageCapabilities.blocking();
    }
}
