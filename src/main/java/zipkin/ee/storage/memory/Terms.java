package zipkin.ee.storage.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import zipkin.ee.codec.TextHash;

/** Texts in the encoding and with the hashes of stored texts. */
final class Terms {
    private Terms() {}

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static int hash(String text) {
        byte[] bytes = bytes(text);
        return TextHash.of(bytes, 0, bytes.length);
    }
}
