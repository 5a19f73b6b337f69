package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import java.util.Map;
import java.util.Optional;
import zipkin.ee.storage.StorageUnavailableException;

/** What CASSANDRA_CONSISTENCY means with the replication of the keyspace, for /health. */
final class Consistency {
    private final String level;
    private final String localDc;

    Consistency(CassandraSettings settings) {
        this.level = settings.consistency();
        this.localDc = settings.localDc();
    }

    /**
     * One line.
     *
     * @throws StorageUnavailableException when the keyspace has fewer replicas than the level
     *     needs, whatever nodes are up
     */
    String text(Optional<KeyspaceMetadata> keyspace) {
        return text(keyspace.map(KeyspaceMetadata::getReplication).orElse(Map.of()));
    }

    /**
     * @param replication as Cassandra describes it: the strategy's class, and a factor or one for
     *     each data center
     */
    String text(Map<String, String> replication) {
        int local = factor(replication, localDc);
        int all = local;
        if (!replication.containsKey("replication_factor")) {
            all = replication.keySet().stream()
                    .filter(key -> !key.equals("class"))
                    .mapToInt(dc -> factor(replication, dc))
                    .sum();
        }
        int replicas = level.startsWith("LOCAL_") ? local : all;
        if (replicas == 0) {
            return level;
        }
        if (needed(replicas) > replicas) {
            String text = "Consistency " + level + " needs " + needed(replicas) + " replicas, the keyspace has "
                    + replicas + ": raise its replication, or lower CASSANDRA_CONSISTENCY.";
            throw new StorageUnavailableException(text, text, null);
        }
        String text = level + " with replication factor " + replicas;
        return replicas == 1 ? text + ": a node that is lost takes its spans with it" : text;
    }

    private int needed(int replicas) {
        return switch (level) {
            case "TWO" -> 2;
            case "THREE" -> 3;
            case "QUORUM", "LOCAL_QUORUM" -> replicas / 2 + 1;
            case "ALL" -> replicas;
            default -> 1;
        };
    }

    /** 0 when it is not known. Transient replicas, as in 3/1, are not counted. */
    private static int factor(Map<String, String> replication, String dc) {
        String factor = replication.getOrDefault("replication_factor", replication.getOrDefault(dc, "0"));
        String[] parts = factor.split("/", 2);
        try {
            return Integer.parseInt(parts[0]) - (parts.length == 2 ? Integer.parseInt(parts[1]) : 0);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
