package zipkin.ee.transport.sqs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;

/** What keeps pollers from working. Apart from them, since who tells of a transport is needed to make the collector that they need. */
@SingleInstance
class SqsProblems {
    private final Map<SqsPoller, String> byPoller = new ConcurrentHashMap<>();

    void works(SqsPoller poller) {
        byPoller.remove(poller);
    }

    void waits(SqsPoller poller, String problem) {
        byPoller.put(poller, problem);
    }

    /** Null when all work. */
    @Nullable
    String first() {
        return byPoller.values().stream().findFirst().orElse(null);
    }
}
