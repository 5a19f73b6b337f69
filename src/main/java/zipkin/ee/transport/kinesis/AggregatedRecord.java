package zipkin.ee.transport.kinesis;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records that the Kinesis Producer Library packed into one: four bytes, a message of protobuf, its
 * MD5 in 16 bytes, by its <a
 * href="https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md">aggregation
 * format</a>. Whatever looks else is one record.
 */
final class AggregatedRecord {
    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
    private static final int DIGEST = 16;
    private static final int RECORDS_FIELD = 3;
    private static final int DATA_FIELD = 3;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int position;

    private AggregatedRecord(byte[] bytes, int position, int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    /** The data of the records in it, or the record itself. */
    static List<byte[]> unpack(byte[] record) {
        int end = record.length - DIGEST;
        if (end < MAGIC.length || !Arrays.equals(record, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return List.of(record);
        }
        MessageDigest digest = md5();
        digest.update(record, MAGIC.length, end - MAGIC.length);
        if (!Arrays.equals(digest.digest(), Arrays.copyOfRange(record, end, record.length))) {
            return List.of(record);
        }
        try {
            return new AggregatedRecord(record, MAGIC.length, end).records();
        } catch (IndexOutOfBoundsException e) {
            return List.of(record);
        }
    }

    private List<byte[]> records() {
        List<byte[]> records = new ArrayList<>();
        while (position < end) {
            long key = varint();
            if (key == (RECORDS_FIELD << 3 | LENGTH)) {
                int length = length();
                records.add(new AggregatedRecord(bytes, position, position + length).data());
                position += length;
            } else {
                skip(key);
            }
        }
        return records;
    }

    private byte[] data() {
        byte[] data = {};
        while (position < end) {
            long key = varint();
            if (key == (DATA_FIELD << 3 | LENGTH)) {
                int length = length();
                data = Arrays.copyOfRange(bytes, position, position + length);
                position += length;
            } else {
                skip(key);
            }
        }
        return data;
    }

    private void skip(long key) {
        switch ((int) key & 7) {
            case VARINT -> varint();
            case FIXED64 -> position += Long.BYTES;
            case LENGTH -> {
                int length = length();
                position += length;
            }
            case FIXED32 -> position += Integer.BYTES;
            default -> throw new IndexOutOfBoundsException("no wire type");
        }
        if (position > end) {
            throw new IndexOutOfBoundsException(position);
        }
    }

    private int length() {
        long length = varint();
        if (length < 0 || length > end - position) {
            throw new IndexOutOfBoundsException(Long.toString(length));
        }
        return (int) length;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position >= end) {
                throw new IndexOutOfBoundsException(position);
            }
            byte next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number of more than 64 bits");
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has MD5", e);
        }
    }
}
