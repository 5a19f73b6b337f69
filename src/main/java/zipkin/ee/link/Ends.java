package zipkin.ee.link;

/**
 * The two services of a link. Comparable, so that maps find one fast even where clients chose names
 * whose hashes are the same.
 *
 * @param parent the caller, or the sender
 * @param child the service called, or the receiver
 */
public record Ends(String parent, String child) implements Comparable<Ends> {
    @Override
    public int compareTo(Ends other) {
        int order = parent.compareTo(other.parent);
        return order != 0 ? order : child.compareTo(other.child);
    }
}
