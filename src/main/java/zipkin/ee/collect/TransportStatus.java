package zipkin.ee.collect;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What keeps the parts of a transport from working. Thread safe. */
public final class TransportStatus {
    private final Map<Object, String> byPart = new ConcurrentHashMap<>();

    public void works(Object part) {
        byPart.remove(part);
    }

    public void waits(Object part, String problem) {
        byPart.put(part, problem);
    }

    /** One of them; null when all parts work. */
    public @Nullable String first() {
        return byPart.values().stream().findFirst().orElse(null);
    }
}
