package zipkin.ee.link;

import java.util.Map;
import zipkin.ee.link.LinkChanges.Change;
import zipkin.ee.link.LinkChanges.Link;

/** The contribution of one trace to the counts of links. */
public interface TraceLinks {
    /** Links by the spans that are counted already. */
    Map<Link, Change> counted();

    /** Links by these spans and those that the present step counts. */
    Map<Link, Change> present();
}
