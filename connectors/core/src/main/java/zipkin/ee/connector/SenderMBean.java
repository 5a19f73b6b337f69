package zipkin.ee.connector;

/**
 * Sends messages for the application, which finds it by JMX as {@code zipkin.ee:type=Sender,name=…}
 * and shares no class with it: all types are the JDK's.
 */
public interface SenderMBean {
    /**
     * Returns when the broker keeps all of them.
     *
     * @param address of the brokers
     * @param topic where to
     * @throws IllegalArgumentException when the broker will never take one of them, since it is too
     *     large
     * @throws IllegalStateException with the reason when it does not keep them all now
     */
    void send(String address, String topic, byte[][] messages);
}
