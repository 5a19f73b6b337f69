package zipkin.ee.storage;

import zipkin.ee.fault.Unavailable;

/**
 * A query that was given up because it took too long. The storage is well: another query may be
 * answered.
 */
public final class QueryTimeoutException extends RuntimeException implements Unavailable {
    private static final long serialVersionUID = 1L;

    public QueryTimeoutException() {
        super("The search took longer than QUERY_TIMEOUT: narrow its time or its conditions.");
    }

    @Override
    public String publicReason() {
        return String.valueOf(getMessage());
    }
}
