package zipkin.ee.transport.kinesis;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.AwsException;
import zipkin.ee.aws.AwsJsonService;
import zipkin.ee.json.Json;

/**
 * The operations on a stream that are needed. Thread safe; calls block, and throw
 * {@link AwsException} when the stream can't be asked.
 */
final class KinesisStream {
    static final AwsJsonService.Protocol PROTOCOL = new AwsJsonService.Protocol("Kinesis_20131202", "1.1");

    private final AwsJsonService kinesis;
    private final String name;

    KinesisStream(AwsJsonService kinesis, String name) {
        this.kinesis = kinesis;
        this.name = name;
    }

    /**
     * A record of a shard.
     *
     * @param sequenceNumber its place in the shard
     * @param messages one, or as many as were packed into it
     */
    record Entry(String sequenceNumber, List<byte[]> messages) {}

    /**
     * What one read gives.
     *
     * @param next where the next read goes on; null at the end of a shard that gets no more
     * @param behindMillis age of what the next read would give; 0 when nothing waits
     */
    record Batch(List<Entry> entries, @Nullable String next, long behindMillis) {}

    /** All shards whose records are not all gone. */
    List<Shard> shards() {
        List<Shard> shards = new ArrayList<>();
        String token = "";
        do {
            String next = token;
            Object answer = kinesis.call("ListShards", json -> {
                if (next.isEmpty()) {
                    json.writeStringField("StreamName", name);
                } else {
                    json.writeStringField("NextToken", next);
                }
            });
            for (Object shard : Json.array(answer, "Shards")) {
                shards.add(new Shard(
                        Json.text(shard, "ShardId"),
                        Stream.of(Json.text(shard, "ParentShardId"), Json.text(shard, "AdjacentParentShardId"))
                                .filter(parent -> !parent.isEmpty())
                                .toList(),
                        Json.at(shard, "SequenceNumberRange", "EndingSequenceNumber") == null));
            }
            token = Json.text(answer, "NextToken");
        } while (!token.isEmpty());
        return shards;
    }

    /**
     * Where reading goes on behind a checkpoint; good for five minutes.
     *
     * @param sinceMillis what LATEST means
     */
    String iterator(String shardId, String checkpoint, long sinceMillis) {
        return Json.text(
                kinesis.call("GetShardIterator", json -> {
                    json.writeStringField("StreamName", name);
                    json.writeStringField("ShardId", shardId);
                    if (checkpoint.equals(Lease.LATEST)) {
                        json.writeStringField("ShardIteratorType", "AT_TIMESTAMP");
                        json.writeNumberField("Timestamp", BigDecimal.valueOf(sinceMillis, 3));
                    } else if (checkpoint.equals(Lease.TRIM_HORIZON)) {
                        json.writeStringField("ShardIteratorType", Lease.TRIM_HORIZON);
                    } else {
                        json.writeStringField("ShardIteratorType", "AFTER_SEQUENCE_NUMBER");
                        json.writeStringField("StartingSequenceNumber", checkpoint);
                    }
                }),
                "ShardIterator");
    }

    /** At most 10 MiB. */
    Batch read(String iterator, int maxRecords) {
        Object answer = kinesis.call("GetRecords", json -> {
            json.writeStringField("ShardIterator", iterator);
            json.writeNumberField("Limit", maxRecords);
        });
        List<Entry> entries = new ArrayList<>();
        for (Object entry : Json.array(answer, "Records")) {
            entries.add(new Entry(
                    Json.text(entry, "SequenceNumber"), AggregatedRecord.unpack(data(Json.text(entry, "Data")))));
        }
        String next = Json.text(answer, "NextShardIterator");
        return new Batch(entries, next.isEmpty() ? null : next, Json.number(answer, "MillisBehindLatest"));
    }

    private static byte[] data(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new AwsException("Kinesis answered GetRecords with data that is no base64", e);
        }
    }
}
