package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/**
 * Makes strings of typed thrift binary annotations, because zipkin2 reads only strings and the
 * {@code true} of an address. Values of addresses stay, since zipkin2 treats any string there as
 * {@code true}. {@link ThriftGuard} calls it on its walk. Used by one thread.
 */
final class V1TypedThrift {
    private static final byte[] TEXT_TYPE = {0, 0, 0, V1TypedValue.TEXT};

    private final byte[] body;
    private final TextEdits edits;
    private int key;
    private int keyLength;
    private int value;
    private int valueLength;
    private int typeAt;
    private int type;
    private boolean isText;

    V1TypedThrift(byte[] body, TextEdits edits) {
        this.body = body;
        this.edits = edits;
    }

    /** Begins a binary annotation. */
    void begin() {
        keyLength = valueLength = -1;
        type = -1;
        isText = false;
    }

    void key(int from, int length) {
        key = from;
        keyLength = length;
    }

    void value(int from, int length) {
        value = from;
        valueLength = length;
    }

    /** If an annotation has several types of which one is text, zipkin2 reads it as text. */
    void type(int at, int number) {
        typeAt = at;
        type = number;
        isText |= number == V1TypedValue.TEXT;
    }

    void end() {
        if (V1TypedValue.isTyped(type) && keyLength >= 0 && valueLength >= 0 && !isText && !isAddress()) {
            if (typeAt < value) {
                edits.add(typeAt, typeAt + Integer.BYTES, TEXT_TYPE);
            }
            edits.add(value - Integer.BYTES, value + valueLength, string());
            if (typeAt > value) {
                edits.add(typeAt, typeAt + Integer.BYTES, TEXT_TYPE);
            }
        }
    }

    private boolean isAddress() {
        return keyLength == 2 && body[key + 1] == 'a' && (body[key] == 's' || body[key] == 'c' || body[key] == 'm');
    }

    private byte[] string() {
        byte[] text = V1TypedValue.text(body, value, value + valueLength, type).getBytes(ISO_8859_1);
        return ByteBuffer.allocate(Integer.BYTES + text.length)
                .putInt(text.length)
                .put(text)
                .array();
    }
}
