package zipkin.ee.storage.elasticsearch;

import zipkin.ee.storage.StorageUnavailableException;

/**
 * The cluster understood a request and refused it, because of how it is configured: a limit, a
 * block, a missing index or pipeline, a foreign mapping. The message is one line for the
 * administrator.
 */
class ClusterRefusedException extends StorageUnavailableException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    /**
     * @param status of the answer, from 400
     * @param type the cluster's word for the error, such as {@code index_closed_exception}; empty
     *     when it gave none
     */
    ClusterRefusedException(String message, int status, String type) {
        super(message, null);
        this.status = status;
        this.type = type;
    }

    /** Advice for anybody, without names of hosts and indices. */
    @Override
    public final String publicReason() {
        return advice(type);
    }

    /** One sentence. */
    static String advice(String type) {
        return switch (type) {
            case "cluster_block_exception" -> "Writing is blocked in the cluster: free disk space, or lift the block.";
            case "index_closed_exception" -> "An index is closed: open it.";
            case "index_not_found_exception" ->
                "An index may not be made: let the cluster's auto_create_index include Zipkin's.";
            case "security_exception" -> "The cluster does not let Zipkin write: check the rights of its user.";
            default -> "The cluster refuses what Zipkin asks for. The log has the reason.";
        };
    }

    final int status() {
        return status;
    }

    final String type() {
        return type;
    }
}
