package zipkin.ee.storage.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;

/**
 * Remembers what Scouter has been sent: the texts of hashes, and objects. They are sent again after
 * a while, since datagrams may be lost, and at once when too many others were sent since. Not
 * thread safe.
 */
final class ScouterDictionary {
    private static final int MAX_KEYS = 10_000;

    private final LongSupplier millis;
    private final Map<String, Long> sent = new LinkedHashMap<>();

    ScouterDictionary(LongSupplier millis) {
        this.millis = millis;
    }

    /** Scouter's hash of a text. */
    static int hash(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        return (int) crc.getValue();
    }

    /** Whether an entry has to be sent now; if so, it counts as sent. */
    boolean isDue(String key, long againMillis) {
        long now = millis.getAsLong();
        Long before = sent.get(key);
        if (before != null && now - before < againMillis) {
            return false;
        }
        sent.remove(key);
        if (sent.size() >= MAX_KEYS) {
            sent.remove(sent.keySet().iterator().next());
        }
        sent.put(key, now);
        return true;
    }
}
