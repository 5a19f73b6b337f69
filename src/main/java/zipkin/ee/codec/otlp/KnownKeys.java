package zipkin.ee.codec.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.MessageTexts;
import zipkin.ee.codec.TextHash;

/** Finds which of some known keys a text of a message is, without a String of it. Thread safe. */
final class KnownKeys {
    private final @Nullable String[] keys;
    private final byte[][] bytes;
    private final int mask;

    KnownKeys(Collection<String> known) {
        int slots = Integer.highestOneBit(4 * known.size());
        this.keys = new String[slots];
        this.bytes = new byte[slots][];
        this.mask = slots - 1;
        for (String key : known) {
            byte[] utf8 = key.getBytes(UTF_8);
            int slot = TextHash.of(utf8, 0, utf8.length) & mask;
            while (keys[slot] != null) {
                slot = (slot + 1) & mask;
            }
            keys[slot] = key;
            bytes[slot] = utf8;
        }
    }

    /** The key that is this text; null if it is none of them. */
    @Nullable
    String find(MessageTexts texts, int text) {
        for (int slot = texts.hash(text) & mask; keys[slot] != null; slot = (slot + 1) & mask) {
            if (texts.is(text, bytes[slot])) {
                return keys[slot];
            }
        }
        return null;
    }
}
