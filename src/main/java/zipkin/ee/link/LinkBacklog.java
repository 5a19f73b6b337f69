package zipkin.ee.link;

/** A storage's spans whose links are not counted yet. */
public interface LinkBacklog {
    /**
     * Counts the links of some of the spans that have rested long enough: in one transaction, or so
     * that doing it again does no harm, and so that no other server does the same at the same time.
     *
     * @return how many traces were counted; 0 when there is nothing to do at present, or when
     *     another server does it
     */
    int countSome();
}
