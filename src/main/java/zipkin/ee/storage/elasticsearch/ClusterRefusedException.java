package zipkin.ee.storage.elasticsearch;

import zipkin.ee.storage.StorageUnavailableException;

/**
 * The cluster understood a request and refused it, because of how it is configured: a limit, a block, a missing index or pipeline, a foreign
 * mapping. The message is one line for the administrator.
 */
class ClusterRefusedException extends StorageUnavailableException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    /**
     * @param status of the answer, from 400
     * @param type the cluster's word for the error, such as {@code index_closed_exception}; empty when it gave none
     */
    ClusterRefusedException(String message, int status, String type) {
        super(message, null);
        this.status = status;
        this.type = type;
    }

    final int status() {
        return status;
    }

    final String type() {
        return type;
    }
}
