package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/**
 * Finds thrift binary annotations that have a type, and makes strings of them: zipkin2's reader
 * knows strings and the {@code true} of an address only. Those of addresses stay, since zipkin2
 * takes any string there for {@code true}. {@link ThriftGuard} reports what it walks over. Used by
 * one thread.
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

    /** A binary annotation begins. */
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

    /** One that says that it is text is text to zipkin2, whatever else it says. */
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
