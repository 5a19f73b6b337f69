package zipkin.ee.storage.forward;

import java.util.HexFormat;

/** Ids for the server's side of spans that both sides share, for systems where an id is one span's. */
final class SharedId {
    private SharedId() {}

    /** Of 64 bits, another one for each id, and always the same for one. */
    static String ofServer(String id) {
        long mixed = Long.parseUnsignedLong(id, 16) * 0x9e37_79b9_7f4a_7c15L;
        return HexFormat.of().toHexDigits(mixed ^ (mixed >>> 32));
    }
}
