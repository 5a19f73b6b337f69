package zipkin.ee.storage.elasticsearch;

import zipkin.ee.storage.StorageUnavailableException;

/**
 * An answer of the cluster has more bytes than {@code ZIPKIN_ES_MAX_ANSWER_BYTES}: fewer documents
 * have to be asked for at a time.
 */
final class AnswerTooLongException extends StorageUnavailableException {
    private static final long serialVersionUID = 1L;

    AnswerTooLongException(String message, Throwable cause) {
        super(message, cause);
    }
}
