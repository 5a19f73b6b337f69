package zipkin.ee.link;

import java.util.Map;
import zipkin.ee.link.LinkChanges.Change;
import zipkin.ee.link.LinkChanges.Link;

/** What one trace contributes to the counts of links. */
public interface TraceLinks {
    /** By the spans that are counted already. */
    Map<Link, Change> counted();

    /** By these spans and those that the present step counts. */
    Map<Link, Change> present();
}
