package zipkin.ee.transport.polled;

/** The side of a transport that polls its broker. There is one bean for each such transport. */
public interface PolledIntake {
    /** Whether settings ask for it. */
    boolean enabled();

    /** Starts polling and returns; a broker that can't be reached is polled again later. */
    void start();

    /** Takes no more messages. What is being stored is still acknowledged. */
    void stop();
}
