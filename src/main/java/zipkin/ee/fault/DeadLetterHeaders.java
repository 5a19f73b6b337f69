package zipkin.ee.fault;

/** Headers that a message gets when it becomes a dead letter, whatever its broker calls them. */
public final class DeadLetterHeaders {
    /** Why the message can't be read: a text of at most {@link #MAX_REASON_CHARS}. */
    public static final String REASON = "zipkin-reason";

    /** The queue that the message comes from. */
    public static final String QUEUE = "zipkin-queue";

    /** The topic that the message comes from. */
    public static final String TOPIC = "zipkin-topic";

    /** When the message became a dead letter, in ISO 8601. */
    public static final String TIME = "zipkin-time";

    /** RabbitMQ needs all headers of a message to fit into one frame of 128 KiB. */
    public static final int MAX_REASON_CHARS = 1000;

    private DeadLetterHeaders() {}

    /** The beginning of a reason, which may quote the message. */
    public static String shortened(String reason) {
        return reason.substring(0, Math.min(MAX_REASON_CHARS, reason.length()));
    }
}
