package zipkin.ee.transport.sqs;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.AwsApi;
import zipkin.ee.aws.AwsException;
import zipkin.ee.aws.AwsJsonService;
import zipkin.ee.fault.DeadLetterHeaders;
import zipkin.ee.json.Json;

/**
 * The operations on a queue that are needed. Thread safe; calls block, and throw
 * {@link AwsException} when the queue can't be asked.
 */
final class SqsQueue {
    private static final AwsJsonService.Protocol PROTOCOL = new AwsJsonService.Protocol("AmazonSQS", "1.0");

    private final AwsJsonService service;
    private final String url;

    SqsQueue(AwsApi api, String url) {
        URI endpoint = URI.create(url).resolve("/");
        this.service = new AwsJsonService(api, () -> endpoint, "SQS", PROTOCOL);
        this.url = url;
    }

    /** As SQS gives it. */
    record Message(String body, String receiptHandle) {}

    /** Waits for messages, which nobody else gets for the queue's visibility timeout. */
    List<Message> receive(int maxMessages, int waitSeconds) {
        Object answer = call("ReceiveMessage", json -> {
            json.writeNumberField("MaxNumberOfMessages", maxMessages);
            json.writeNumberField("WaitTimeSeconds", waitSeconds);
        });
        List<Message> messages = new ArrayList<>();
        for (Object message : Json.array(answer, "Messages")) {
            messages.add(new Message(Json.text(message, "Body"), Json.text(message, "ReceiptHandle")));
        }
        return messages;
    }

    void delete(Message message) {
        call("DeleteMessage", json -> json.writeStringField("ReceiptHandle", message.receiptHandle()));
    }

    /** Hides a message for so long from now on; 0 lets it come again at once. */
    void hide(Message message, int seconds) {
        call("ChangeMessageVisibility", json -> {
            json.writeStringField("ReceiptHandle", message.receiptHandle());
            json.writeNumberField("VisibilityTimeout", seconds);
        });
    }

    /** Sends a message with a reason as its attribute. */
    void send(String body, String reason) {
        call("SendMessage", json -> {
            json.writeStringField("MessageBody", body);
            json.writeObjectFieldStart("MessageAttributes");
            json.writeObjectFieldStart("reason");
            json.writeStringField("DataType", "String");
            json.writeStringField("StringValue", DeadLetterHeaders.shortened(reason));
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /**
     * How a queue is set up.
     *
     * @param visibilityTimeout in seconds, as text
     * @param redrivePolicy in JSON; empty without one
     */
    record Attributes(String visibilityTimeout, String redrivePolicy) {}

    Attributes attributes() {
        Object answer = call("GetQueueAttributes", json -> {
            json.writeArrayFieldStart("AttributeNames");
            json.writeString("All");
            json.writeEndArray();
        });
        return new Attributes(
                Json.text(answer, "Attributes", "VisibilityTimeout"), Json.text(answer, "Attributes", "RedrivePolicy"));
    }

    /** The URL of the queue to which a redrive policy sends; null without one. */
    @Nullable
    String redriveTarget(String policy) {
        if (policy.isEmpty()) {
            return null;
        }
        String arn;
        try {
            arn = Json.text(Json.tree(policy), "deadLetterTargetArn");
        } catch (IOException e) {
            throw new AwsException("SQS has a redrive policy that is not in JSON: " + e.getMessage(), e);
        }
        if (arn.isEmpty()) {
            return null;
        }
        String name = arn.substring(arn.lastIndexOf(':') + 1);
        return Json.text(service.call("GetQueueUrl", json -> json.writeStringField("QueueName", name)), "QueueUrl");
    }

    private Object call(String operation, Json.Writing fields) {
        return service.call(operation, json -> {
            json.writeStringField("QueueUrl", url);
            fields.write(json);
        });
    }
}
