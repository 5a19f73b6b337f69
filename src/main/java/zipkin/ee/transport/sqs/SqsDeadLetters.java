package zipkin.ee.transport.sqs;

import org.jspecify.annotations.Nullable;
import zipkin.ee.fault.DeadLetterLog;

/**
 * Where messages go that can't be read: the configured queue, else the target of the queue's
 * redrive policy, else only the log. Not thread safe.
 */
final class SqsDeadLetters {
    private final SqsQueue.Factory queues;
    private final String configuredUrl;
    private final DeadLetterLog log;
    private boolean known;
    private @Nullable SqsQueue target;

    /**
     * @param configuredUrl empty for the target of the redrive policy
     */
    SqsDeadLetters(SqsQueue.Factory queues, String configuredUrl, DeadLetterLog log) {
        this.queues = queues;
        this.configuredUrl = configuredUrl;
        this.log = log;
    }

    /** Finds the dead-letter queue of a queue, once. */
    void resolve(SqsQueue queue) {
        if (!known) {
            String url = configuredUrl.isEmpty() ? queue.redriveTarget() : configuredUrl;
            target = url == null ? null : queues.open(url);
            known = true;
        }
    }

    /** Keeps a message; when this returns, it may be deleted. */
    void add(String body, String reason) {
        if (target == null) {
            log.add("is deleted, since there is no SQS_DEAD_LETTER_QUEUE_URL", reason);
        } else {
            // SQS refuses an empty body.
            target.send(body.isEmpty() ? " " : body, reason);
            log.add("is in the dead-letter queue", reason);
        }
    }
}
