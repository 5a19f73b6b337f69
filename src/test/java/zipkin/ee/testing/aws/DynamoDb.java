package zipkin.ee.testing.aws;

import java.util.List;

/** Amazon's own DynamoDB Local. It keeps nothing: a restarted one has no tables. */
public final class DynamoDb extends AwsStandIn {
    private DynamoDb() {
        super("kinesis", "DynamoDB_20120810", "1.0");
    }

    /** Starts it and waits until it answers. */
    public static DynamoDb start() {
        DynamoDb server = new DynamoDb();
        server.launch();
        return server;
    }

    @Override
    protected List<String> command() {
        return java("DynamoDb.java", Integer.toString(port()));
    }

    @Override
    String emptyQuestion() {
        return "ListTables";
    }

    /** All items of a table, as Scan gives them; empty while there is no such table. */
    public String items(String table) {
        return request("ListTables", "{}").contains("\"" + table + "\"")
                ? request("Scan", "{\"TableName\":\"" + table + "\"}")
                : "";
    }

    /** One item, as GetItem gives it. */
    public String item(String table, String leaseKey) {
        return request(
                "GetItem", "{\"TableName\":\"" + table + "\",\"Key\":{\"leaseKey\":{\"S\":\"" + leaseKey + "\"}}}");
    }
}
