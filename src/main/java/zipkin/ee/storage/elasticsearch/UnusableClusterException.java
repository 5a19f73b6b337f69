package zipkin.ee.storage.elasticsearch;

import zipkin.ee.storage.StorageUnavailableException;

/**
 * What an administrator has to change before the cluster can be used: its version, or who we are
 * there.
 */
final class UnusableClusterException extends StorageUnavailableException {
    private static final long serialVersionUID = 1L;

    UnusableClusterException(String message) {
        super(message, null);
    }
}
