import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;

/** A DynamoDB in memory, run from its source with the server's jars: port. */
final class DynamoDb {
    private DynamoDb() {}

    public static void main(String[] arguments) throws Exception {
        ServerRunner.createServerFromCommandLineArgs(
                        new String[] {"-inMemory", "-sharedDb", "-disableTelemetry", "-port", arguments[0]})
                .start();
        Thread.currentThread().join();
    }
}
