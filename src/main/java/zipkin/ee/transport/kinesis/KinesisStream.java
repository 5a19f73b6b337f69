package zipkin.ee.transport.kinesis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * One stream. Thread safe; calls block, and throw
 * {@link software.amazon.awssdk.core.exception.SdkException} when the stream can't be used.
 */
final class KinesisStream {
    private final Supplier<KinesisClient> client;
    private final String name;

    KinesisStream(Supplier<KinesisClient> client, String name) {
        this.client = client;
        this.name = name;
    }

    /**
     * A record of a shard.
     *
     * @param sequenceNumber its place in the shard
     * @param messages more than one when the producer library packed them together
     */
    record Entry(String sequenceNumber, List<byte[]> messages) {}

    /**
     * The result of one read.
     *
     * @param next where the next read continues; null at the end of a shard that is closed
     * @param behindMillis age of the records that the next read returns; 0 when there are none
     */
    record Batch(List<Entry> entries, @Nullable String next, long behindMillis) {}

    /** All shards that still have records or may get some. */
    List<Shard> shards() {
        List<Shard> shards = new ArrayList<>();
        ListShardsRequest request = ListShardsRequest.builder().streamName(name).build();
        while (true) {
            ListShardsResponse page = client.get().listShards(request);
            for (software.amazon.awssdk.services.kinesis.model.Shard shard : page.shards()) {
                shards.add(new Shard(
                        shard.shardId(),
                        Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                                .filter(Objects::nonNull)
                                .toList(),
                        shard.sequenceNumberRange().endingSequenceNumber() == null));
            }
            if (page.nextToken() == null) {
                return shards;
            }
            request = ListShardsRequest.builder().nextToken(page.nextToken()).build();
        }
    }

    /**
     * Where reading continues after a checkpoint; valid for five minutes.
     *
     * @param sinceMillis what LATEST means
     */
    String iterator(String shardId, String checkpoint, long sinceMillis) {
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamName(name).shardId(shardId);
        switch (checkpoint) {
            case Lease.LATEST ->
                request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(Instant.ofEpochMilli(sinceMillis));
            case Lease.TRIM_HORIZON -> request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
            default ->
                request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .startingSequenceNumber(checkpoint);
        }
        return client.get().getShardIterator(request.build()).shardIterator();
    }

    /** Reads at most 10 MiB. */
    Batch read(String iterator, int maxRecords) {
        GetRecordsResponse answer = client.get()
                .getRecords(request -> request.shardIterator(iterator).limit(maxRecords));
        List<Entry> entries = answer.records().stream()
                .map(each -> new Entry(
                        each.sequenceNumber(),
                        AggregatedRecord.unpack(each.data().asByteArrayUnsafe())))
                .toList();
        Long behind = answer.millisBehindLatest();
        return new Batch(entries, answer.nextShardIterator(), behind == null ? 0 : behind);
    }
}
