package zipkin.ee.connector.pulsar;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.PulsarClientException;

/** What loops need of Pulsar. Thread safe. */
interface PulsarAccess {
    /**
     * Creates a consumer that reconnects by itself. The client keeps trying for as long as no
     * broker answers.
     */
    CompletableFuture<Consumer<byte[]>> subscribe(SubscriptionSettings settings) throws PulsarClientException;

    /** A message with the reason why it can't be read. */
    record Letter(Message<byte[]> message, String reason) {}

    /**
     * Sends the dead letters to a topic; returns after the broker has persisted all of them.
     *
     * @throws PulsarClientException it may keep some of them, or none
     */
    void sendDeadLetters(String topic, List<Letter> letters) throws PulsarClientException;

    /** A loop begins. */
    void enter();

    /** A loop ends; the last one closes the client. */
    void leave();

    /** The text without anything that is a secret. */
    String masked(String text);
}
