package zipkin.ee.transport.sqs;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import zipkin.ee.fault.DeadLetterHeaders;
import zipkin.ee.json.Json;

/**
 * One queue. Thread safe; calls block, and throw
 * {@link software.amazon.awssdk.core.exception.SdkException} when the queue can't be used.
 */
final class SqsQueue {
    private static final int DEFAULT_VISIBILITY_SECONDS = 30;

    private final Supplier<SqsClient> client;
    private final String url;

    SqsQueue(Supplier<SqsClient> client, String url) {
        this.client = client;
        this.url = url;
    }

    /** Opens a queue by its URL. */
    @FunctionalInterface
    interface Factory {
        SqsQueue open(String url);
    }

    /** Waits for messages, which nobody else gets for the queue's visibility timeout. */
    List<Message> receive(int maxMessages, int waitSeconds) {
        return client.get()
                .receiveMessage(request ->
                        request.queueUrl(url).maxNumberOfMessages(maxMessages).waitTimeSeconds(waitSeconds))
                .messages();
    }

    void delete(Message message) {
        client.get().deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
    }

    /** Hides a message from now on; 0 seconds make it visible at once. */
    void hide(Message message, int seconds) {
        client.get().changeMessageVisibility(request -> request.queueUrl(url)
                .receiptHandle(message.receiptHandle())
                .visibilityTimeout(seconds));
    }

    /** Sends a message with a reason as its attribute. */
    void send(String body, String reason) {
        MessageAttributeValue attribute = MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(DeadLetterHeaders.shortened(reason))
                .build();
        client.get()
                .sendMessage(request ->
                        request.queueUrl(url).messageBody(body).messageAttributes(Map.of("reason", attribute)));
    }

    /** How long received messages are hidden. */
    int visibilitySeconds() {
        String text = attribute(QueueAttributeName.VISIBILITY_TIMEOUT);
        return text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : DEFAULT_VISIBILITY_SECONDS;
    }

    /** The URL of the queue that the redrive policy sends to; null without a policy. */
    @Nullable
    String redriveTarget() {
        String policy = attribute(QueueAttributeName.REDRIVE_POLICY);
        String arn = policy.isEmpty() ? "" : deadLetterTarget(policy);
        if (arn.isEmpty()) {
            return null;
        }
        return client.get()
                .getQueueUrl(request -> request.queueName(arn.substring(arn.lastIndexOf(':') + 1)))
                .queueUrl();
    }

    private static String deadLetterTarget(String policy) {
        try {
            return Json.text(Json.tree(policy), "deadLetterTargetArn");
        } catch (IOException e) {
            throw SdkClientException.create("The redrive policy of the SQS queue is not JSON: " + e.getMessage(), e);
        }
    }

    private String attribute(QueueAttributeName name) {
        return client.get()
                .getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes()
                .getOrDefault(name, "");
    }
}
