package zipkin.ee.storage.jpa;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

/**
 * Spans as bytes of a row. Packing 0 is zipkin2's proto3 encoding of one span. Any other packing is the number of a
 * dictionary in {@code zipkin_dictionary}: a variable-length number (length of the proto3 bytes), then those bytes as a raw
 * DEFLATE stream (RFC 1951) that begins with the dictionary. Used by one thread; closed to give back native memory.
 */
final class SpanPacking implements AutoCloseable {
    private static final int LEVEL = 6;

    private final Deflater deflater = new Deflater(LEVEL, true);
    private final Inflater inflater = new Inflater(true);
    private byte[] buffer = new byte[1024];

    /** The span's proto3 bytes, which is packing 0. */
    static byte[] encode(Span span) {
        return SpanBytesEncoder.PROTO3.encode(span);
    }

    /** Packs proto3 bytes with a dictionary. */
    byte[] pack(byte[] encoded, byte[] dictionary) {
        if (buffer.length < encoded.length + 16) {
            buffer = new byte[encoded.length * 2 + 16];
        }
        int position = 0;
        for (int rest = encoded.length; ; rest >>>= 7) {
            if (rest < 0x80) {
                buffer[position++] = (byte) rest;
                break;
            }
            buffer[position++] = (byte) ((rest & 0x7f) | 0x80);
        }
        deflater.reset();
        deflater.setDictionary(dictionary);
        deflater.setInput(encoded);
        deflater.finish();
        while (!deflater.finished()) {
            if (position == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            position += deflater.deflate(buffer, position, buffer.length - position);
        }
        return Arrays.copyOf(buffer, position);
    }

    /** The span of bytes of packing 0. */
    static Span decode(byte[] encoded) {
        return SpanBytesDecoder.PROTO3.decodeOne(encoded);
    }

    /** The span of bytes that were packed with this dictionary. */
    Span unpack(byte[] packed, byte[] dictionary) {
        int position = 0;
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int next = packed[position++];
            length |= (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        byte[] encoded = new byte[length];
        inflater.reset();
        inflater.setDictionary(dictionary);
        inflater.setInput(packed, position, packed.length - position);
        try {
            int done = 0;
            while (done < length) {
                int more = inflater.inflate(encoded, done, length - done);
                if (more == 0) {
                    throw new IllegalStateException("A stored span ends too early");
                }
                done += more;
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException("A stored span can't be unpacked", e);
        }
        return decode(encoded);
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
