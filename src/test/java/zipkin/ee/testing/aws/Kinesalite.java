package zipkin.ee.testing.aws;

import java.util.Base64;
import java.util.List;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.NpmFolder;

/**
 * Kinesalite in the place of Amazon Kinesis, which it speaks like. It keeps nothing: a restarted
 * one has no streams.
 */
public final class Kinesalite extends AwsStandIn {
    private final NpmFolder installed = NpmFolder.install("src/test/servers/kinesis", "target/kinesalite");

    private Kinesalite() {
        super("kinesis", "Kinesis_20131202", "1.1");
    }

    /** Starts it and waits until it answers. */
    public static Kinesalite start() {
        Kinesalite server = new Kinesalite();
        server.launch();
        return server;
    }

    @Override
    protected List<String> command() {
        return List.of(
                installed.node(),
                installed.path().resolve("node_modules/kinesalite/cli.js").toString(),
                "--port",
                Integer.toString(port()),
                "--createStreamMs",
                "10",
                "--updateStreamMs",
                "10",
                "--deleteStreamMs",
                "10",
                "--shardLimit",
                "100");
    }

    @Override
    String emptyQuestion() {
        return "ListStreams";
    }

    /** Makes a stream and waits until it is there. */
    public void createStream(String name, int shards) {
        request("CreateStream", "{\"StreamName\":\"" + name + "\",\"ShardCount\":" + shards + "}");
        awaitActive(name);
    }

    /**
     * Puts one record.
     *
     * @param key decides about the shard
     * @return the shard's id
     */
    public String put(String stream, String key, byte[] data) {
        return field(
                request(
                        "PutRecord",
                        "{\"StreamName\":\"" + stream + "\",\"PartitionKey\":\"" + key + "\",\"Data\":\""
                                + Base64.getEncoder().encodeToString(data) + "\"}"),
                "ShardId");
    }

    /** Splits a stream's only shard into halves. */
    public void split(String stream, String shardId) {
        request(
                "SplitShard",
                "{\"StreamName\":\"" + stream + "\",\"ShardToSplit\":\"" + shardId
                        + "\",\"NewStartingHashKey\":\"170141183460469231731687303715884105728\"}");
        awaitActive(stream);
    }

    private void awaitActive(String stream) {
        Await.value(
                "the stream " + stream,
                () -> field(request("DescribeStream", "{\"StreamName\":\"" + stream + "\"}"), "StreamStatus"),
                "ACTIVE"::equals);
    }

    /** Has Zipkin's own sender send five spans as one record. */
    public void sendByZipkinsSender(String stream, String traceId, String encoding) {
        runJava("KinesisSend.java", endpoint().toString(), stream, traceId, encoding);
    }
}
