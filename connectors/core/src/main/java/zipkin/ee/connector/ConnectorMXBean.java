package zipkin.ee.connector;

/** One activation of an adapter, that is one message-driven bean, for JMX. */
public interface ConnectorMXBean {
    /** DORMANT, CONNECTING, RUNNING or WAITING. */
    String getState();

    /**
     * For an operator: where messages come from, or why they do not, and what to do. Holds no
     * secret.
     */
    String getDetail();

    /**
     * Messages handed to the application since the activation; one that comes again counts again.
     */
    long getMessages();

    /** Messages that the application could not read. */
    long getMalformed();

    /** Messages that the application could not store, so that they come again. */
    long getRedelivered();
}
