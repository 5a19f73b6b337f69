package zipkin.ee.collect;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin.ee.codec.Encoding;

/**
 * A durable place for messages on their way to the storage. What it has taken comes back by
 * {@link Delivery#fromJournal} until it is stored, also after a crash. Thread safe.
 */
public interface Journal {
    /**
     * Looks for what the journal needs, once, while the application is being deployed.
     *
     * @throws IllegalStateException for an administrator, when the application server lacks it
     */
    void open();

    /**
     * Takes a message that can be read and was sampled.
     *
     * @param debug marks every span as debug
     * @param account of the message; shared for as long as the message is held beyond its outcome
     * @return completed with stored when the message would survive a crash, else with try later;
     *     never fails
     */
    CompletionStage<Outcome> keep(byte[] message, Encoding encoding, boolean debug, Account account);

    /** Where messages wait, for the start-up screen. */
    String place();

    /**
     * Why messages are refused, or wait for the storage; null when all is well. May take a second.
     */
    @Nullable
    String problem();
}
