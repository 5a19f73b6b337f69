package zipkin.ee.transport.kinesis;

import java.util.List;

/**
 * A shard of a stream.
 *
 * @param parents shards that were split or merged into it, which have to be read first
 * @param open whether it still gets records
 */
record Shard(String id, List<String> parents, boolean open) {}
