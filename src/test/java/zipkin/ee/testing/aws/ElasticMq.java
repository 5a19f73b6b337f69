package zipkin.ee.testing.aws;

import java.util.List;

/**
 * ElasticMQ in the place of Amazon SQS, which it speaks like. It keeps nothing: a restarted one has
 * no queues.
 */
public final class ElasticMq extends AwsStandIn {
    private ElasticMq() {
        super("elasticmq", "AmazonSQS", "1.0");
    }

    /** Starts it and waits until it answers. */
    public static ElasticMq start() {
        ElasticMq server = new ElasticMq();
        server.launch();
        return server;
    }

    @Override
    protected List<String> command() {
        return java("ElasticMq.java", Integer.toString(port()));
    }

    @Override
    String emptyQuestion() {
        return "ListQueues";
    }

    /**
     * Makes a queue.
     *
     * @param attributes in JSON, as CreateQueue has them
     * @return its URL
     */
    public String createQueue(String name, String attributes) {
        return field(
                request("CreateQueue", "{\"QueueName\":\"" + name + "\",\"Attributes\":" + attributes + "}"),
                "QueueUrl");
    }

    /** Sends a message as it is. */
    public void send(String queueUrl, String body) {
        request(
                "SendMessage",
                "{\"QueueUrl\":\"" + queueUrl + "\",\"MessageBody\":\"" + body.replace("\"", "\\\"") + "\"}");
    }

    /** Up to ten messages, as ReceiveMessage gives them, with their attributes. */
    public String receive(String queueUrl) {
        return request(
                "ReceiveMessage",
                "{\"QueueUrl\":\"" + queueUrl
                        + "\",\"MaxNumberOfMessages\":10,\"VisibilityTimeout\":0,\"MessageAttributeNames\":[\"All\"]}");
    }

    /** Messages of a queue, waiting and hidden. */
    public int messages(String queueUrl) {
        String answer =
                request("GetQueueAttributes", "{\"QueueUrl\":\"" + queueUrl + "\",\"AttributeNames\":[\"All\"]}");
        return Integer.parseInt(field(answer, "ApproximateNumberOfMessages"))
                + Integer.parseInt(field(answer, "ApproximateNumberOfMessagesNotVisible"));
    }

    /** Has Zipkin's own sender send five spans as one message. */
    public void sendByZipkinsSender(String queueUrl, String traceId, String encoding) {
        runJava("SqsSend.java", endpoint().toString(), queueUrl, traceId, encoding);
    }
}
