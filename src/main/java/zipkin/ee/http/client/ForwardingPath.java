package zipkin.ee.http.client;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;

/**
 * Finds servers that forward spans in a loop, which would never end. Each message that is
 * forwarded over HTTP has a header with the id of this server, and with the ids that messages to
 * this server had. A server that finds its own id refuses the message. Ids are random and change
 * with each start. Thread safe.
 */
@SingleInstance
public class ForwardingPath {
    public static final String HEADER = "Zipkin-Forwarded-By";

    /** Of other servers: those that were seen last. */
    private static final int MAX_IDS = 16;

    private static final int ID_BYTES = 8;
    private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{16}\\b");

    private final String own = newId();
    private final Set<String> before = new LinkedHashSet<>();

    private static String newId() {
        byte[] id = new byte[ID_BYTES];
        new SecureRandom().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** The value of the header of a message that this server forwards. */
    public synchronized String header() {
        return before.isEmpty() ? own : own + ", " + String.join(", ", before);
    }

    /**
     * Whether a message has come from this server. Remembers the other ids in it.
     *
     * @param header the value of the header; null for none
     */
    public boolean isLoop(@Nullable String header) {
        return header != null && holdsOwn(header);
    }

    private synchronized boolean holdsOwn(String header) {
        boolean found = false;
        Matcher ids = ID.matcher(header);
        for (int i = 0; i <= MAX_IDS && ids.find(); i++) {
            String id = ids.group();
            if (id.equals(own)) {
                found = true;
            } else {
                remember(id);
            }
        }
        return found;
    }

    private void remember(String id) {
        before.remove(id);
        if (before.size() == MAX_IDS) {
            before.remove(before.iterator().next());
        }
        before.add(id);
    }
}
