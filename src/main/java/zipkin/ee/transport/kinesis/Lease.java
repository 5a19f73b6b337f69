package zipkin.ee.transport.kinesis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of leases.
 *
 * @param owner the server that reads the shard; null for none
 * @param counter grows as long as the owner lives
 * @param checkpoint sequence number of the last record that is stored, or a word
 * @param sinceMillis what LATEST means, by the clock of the server that took it first; 0 when that
 *     is not known
 * @param parents shards that have to be read first
 */
record Lease(
        String shardId,
        @Nullable String owner,
        long counter,
        String checkpoint,
        long sinceMillis,
        List<String> parents) {
    /** Records that come from now on. */
    static final String LATEST = "LATEST";
    /** Whatever the stream still has. */
    static final String TRIM_HORIZON = "TRIM_HORIZON";
    /** All is stored, and there will be no more. */
    static final String SHARD_END = "SHARD_END";

    boolean isEnded() {
        return checkpoint.equals(SHARD_END);
    }
}
