package zipkin.ee.storage.elasticsearch;

import zipkin.ee.storage.StorageUnavailableException;

/**
 * An index has, or would get, fields that Zipkin can't work with. The message is one sentence for
 * the operator: index, field, its type, and what to do.
 */
final class ForeignMappingException extends StorageUnavailableException {
    private static final long serialVersionUID = 1L;

    ForeignMappingException(String message) {
        super(message, null);
    }

    /** The message, since it names no host. */
    @Override
    public String publicReason() {
        return String.valueOf(getMessage());
    }
}
