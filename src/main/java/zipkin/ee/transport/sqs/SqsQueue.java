package zipkin.ee.transport.sqs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.AwsApi;
import zipkin.ee.aws.AwsException;

/** The operations on a queue that are needed. Thread safe; calls block, and throw {@link AwsException} when the queue can't be asked. */
final class SqsQueue {
    private static final int MAX_REASON = 1000;
    private static final JsonFactory JSON = new JsonFactory();

    private final AwsApi api;
    private final URI endpoint;
    private final String url;

    SqsQueue(AwsApi api, String url) {
        this.api = api;
        this.url = url;
        this.endpoint = URI.create(url).resolve("/");
    }

    /** As SQS gives it. */
    record Message(String body, String receiptHandle) {}

    /** Waits for messages, which nobody else gets for the queue's visibility timeout. */
    List<Message> receive(int maxMessages, int waitSeconds) {
        String answer = call("ReceiveMessage", json -> {
            json.writeNumberField("MaxNumberOfMessages", maxMessages);
            json.writeNumberField("WaitTimeSeconds", waitSeconds);
        });
        List<Message> messages = new ArrayList<>();
        for (Map<String, String> fields : objects(answer, "Messages")) {
            String handle = fields.get("ReceiptHandle");
            if (handle != null) {
                messages.add(new Message(fields.getOrDefault("Body", ""), handle));
            }
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
        String shortened = reason.substring(0, Math.min(MAX_REASON, reason.length()));
        call("SendMessage", json -> {
            json.writeStringField("MessageBody", body);
            json.writeObjectFieldStart("MessageAttributes");
            json.writeObjectFieldStart("reason");
            json.writeStringField("DataType", "String");
            json.writeStringField("StringValue", shortened);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** Attributes by name: VisibilityTimeout, RedrivePolicy. */
    Map<String, String> attributes() {
        String answer = call("GetQueueAttributes", json -> {
            json.writeArrayFieldStart("AttributeNames");
            json.writeString("All");
            json.writeEndArray();
        });
        List<Map<String, String>> found = objects(answer, "Attributes");
        return found.isEmpty() ? Map.of() : found.get(0);
    }

    /** The URL of the queue to which a redrive policy sends; null without one. */
    @Nullable
    String redriveTarget(@Nullable String redrivePolicy) {
        if (redrivePolicy == null) {
            return null;
        }
        String arn = objects("{\"p\":" + redrivePolicy + "}", "p").get(0).get("deadLetterTargetArn");
        if (arn == null) {
            return null;
        }
        String name = arn.substring(arn.lastIndexOf(':') + 1);
        String answer = api("GetQueueUrl", json -> json.writeStringField("QueueName", name));
        return objects("{\"p\":" + answer + "}", "p").get(0).get("QueueUrl");
    }

    /** What an operation is asked, within an object. */
    private interface Question {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private String call(String operation, Question question) {
        return api(operation, json -> {
            json.writeStringField("QueueUrl", url);
            question.writeTo(json);
        });
    }

    private String api(String operation, Question question) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            question.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        AwsApi.Answer answer = api.call(endpoint, "AmazonSQS." + operation, body.toByteArray());
        if (answer.status() != 200) {
            throw new AwsException(
                    "SQS answered " + operation + " with " + answer.status() + ": " + firstLine(answer.body()), null);
        }
        return answer.body();
    }

    private static String firstLine(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.substring(0, Math.min(MAX_REASON, line.length()));
    }

    /** The texts and numbers of the objects in a field, which holds one or a list of them. */
    private static List<Map<String, String>> objects(String json, String field) {
        List<Map<String, String>> objects = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (!name.equals(field)) {
                    parser.skipChildren();
                } else if (value == JsonToken.START_OBJECT) {
                    objects.add(fields(parser));
                } else if (value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        objects.add(fields(parser));
                    }
                }
            }
        } catch (IOException e) {
            throw new AwsException("SQS answered something else than JSON: " + e.getMessage(), e);
        }
        return objects;
    }

    private static Map<String, String> fields(JsonParser parser) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isScalarValue()) {
                fields.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return fields;
    }
}
