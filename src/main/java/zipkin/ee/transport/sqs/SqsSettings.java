package zipkin.ee.transport.sqs;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.AwsAccessSettings;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Spans from Amazon SQS.
 *
 * @param enabled whether the queue is polled when there is one
 * @param queueUrl as AWS gives it; empty for none
 * @param otlpQueueUrl that of a further queue, which holds OTLP; empty for none
 * @param parallelism pollers of this server for each queue
 * @param waitSeconds of one poll of an empty queue
 * @param maxMessages of one poll
 * @param deadLetterQueueUrl where unreadable messages go; empty for the target of the queue's
 *     redrive policy
 * @param access credentials and region, which is the one in a queue's host name where none is set
 */
public record SqsSettings(
        boolean enabled,
        String queueUrl,
        String otlpQueueUrl,
        int parallelism,
        int waitSeconds,
        int maxMessages,
        String deadLetterQueueUrl,
        AwsAccessSettings access) {
    /**
     * A queue.
     *
     * @param otlp whether it holds OTLP
     */
    public record Queue(String url, boolean otlp) {}

    private static final int MAX_WAIT = 20;
    private static final int MAX_MESSAGES = 10;
    private static final Pattern AWS_HOST =
            Pattern.compile("(?:sqs\\.([a-z0-9-]+)|([a-z0-9-]+)\\.queue)\\.amazonaws\\.com(?:\\.cn)?");

    private static final Setting<Boolean> ENABLED = Setting.flag(
            "COLLECTOR_SQS_ENABLED", true, "Whether spans are taken from Amazon SQS when SQS_QUEUE_URL is set.");
    private static final Setting<String> QUEUE_URL =
            url("SQS_QUEUE_URL", "URL of the SQS queue that holds spans. Unset: no spans from SQS.");
    private static final Setting<String> OTLP_QUEUE_URL = url(
            "SQS_OTLP_QUEUE_URL",
            "URL of an SQS queue of the same region that holds OTLP, in protobuf as base64 or in JSON. Unset: none.");
    private static final Setting<Integer> PARALLELISM =
            Setting.integer("SQS_PARALLELISM", 1, 1, 100, "Pollers of each SQS queue, each with its own thread.");
    private static final Setting<Integer> WAIT = Setting.integer(
            "SQS_WAIT_TIME_SECONDS", MAX_WAIT, 1, MAX_WAIT, "How long a poll of an empty SQS queue waits.");
    private static final Setting<Integer> MAX = Setting.integer(
            "SQS_MAX_NUMBER_OF_MESSAGES", MAX_MESSAGES, 1, MAX_MESSAGES, "Maximum number of messages of one poll.");
    private static final Setting<String> DEAD_LETTERS = url(
            "SQS_DEAD_LETTER_QUEUE_URL",
            "SQS queue for messages that cannot be read. Unset: the target of the queue's redrive "
                    + "policy. Without one they are only counted and logged.");
    private static final AwsAccessSettings.Names ACCESS = new AwsAccessSettings.Names(
            "SQS", "the SQS queue", "the one in its host name, otherwise the one that the AWS SDK finds (AWS_REGION)");

    private static Setting<String> url(String name, String description) {
        String regex = "https?://[^/\\s@?#]+/[^\\s@?#]+";
        return Setting.text(name, "", regex, "an http or https URL with a path, without user and query", description);
    }

    public static SqsSettings from(SettingsReader reader) {
        boolean enabled = reader.get(ENABLED);
        String queueUrl = reader.get(QUEUE_URL);
        String otlpQueueUrl = reader.get(OTLP_QUEUE_URL);
        if (!otlpQueueUrl.isEmpty() && otlpQueueUrl.equals(queueUrl)) {
            reader.refuseShared(OTLP_QUEUE_URL, otlpQueueUrl, QUEUE_URL);
        }
        return new SqsSettings(
                enabled,
                queueUrl,
                otlpQueueUrl,
                reader.get(PARALLELISM),
                reader.get(WAIT),
                reader.get(MAX),
                reader.get(DEAD_LETTERS),
                ACCESS.from(reader, region(queueUrl.isEmpty() ? otlpQueueUrl : queueUrl)));
    }

    /** The queues that are polled. */
    public List<Queue> queues() {
        return Stream.of(new Queue(queueUrl, false), new Queue(otlpQueueUrl, true))
                .filter(queue -> !queue.url().isEmpty())
                .toList();
    }

    private static @Nullable String region(String queueUrl) {
        if (queueUrl.isEmpty() || !queueUrl.matches("https?://[a-zA-Z0-9.-]+(:[0-9]+)?/\\S*")) {
            return null;
        }
        Matcher host = AWS_HOST.matcher(URI.create(queueUrl).getHost());
        return !host.matches() ? null : host.group(1) != null ? host.group(1) : host.group(2);
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
