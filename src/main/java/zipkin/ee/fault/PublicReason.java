package zipkin.ee.fault;

/** An error whose reason may be shown to any client. */
public interface PublicReason {
    /**
     * One short sentence without names of hosts, databases, classes or users, and without values of
     * settings that are secret or an address.
     */
    String publicReason();
}
