import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** An SQS in memory, run from its source with the server's jars: port. */
final class ElasticMq {
    private ElasticMq() {}

    public static void main(String[] arguments) throws Exception {
        SQSRestServerBuilder.withInterface("127.0.0.1")
                .withPort(Integer.parseInt(arguments[0]))
                .start()
                .waitUntilStarted();
        Thread.currentThread().join();
    }
}
