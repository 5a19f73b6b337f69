package zipkin.ee.codec;

/**
 * Tags that several spans of a message have, such as those of their process.
 *
 * @param keysAndValues numbers of texts, by turns; no key twice
 * @param keyBits a bit of the hash of each key
 * @param textBytes length of all keys and values
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record SharedTags(int[] keysAndValues, long keyBits, long textBytes) {
    public int size() {
        return keysAndValues.length / 2;
    }
}
