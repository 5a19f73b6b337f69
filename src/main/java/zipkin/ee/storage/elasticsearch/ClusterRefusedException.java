package zipkin.ee.storage.elasticsearch;

/** The cluster understood a request and refused it. The message is one line for the administrator. */
final class ClusterRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    /**
     * @param status of the answer, from 400
     * @param type the cluster's word for the error, such as {@code mapper_parsing_exception}; empty when it gave none
     */
    ClusterRefusedException(String message, int status, String type) {
        super(message);
        this.status = status;
        this.type = type;
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }
}
