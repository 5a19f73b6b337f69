package zipkin.ee.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Small gzip files of a gigabyte of zeros. */
final class GzipBombs {
    private static final int PIECE = 1 << 20;
    private static final int PIECES = 1 << 10;

    private GzipBombs() {}

    /**
     * One gzip member: the same piece, compressed once and ended by a full flush, a thousand times.
     * Its checksum is wrong.
     */
    static byte[] single() {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
        byte[] piece = deflatedZeros();
        for (int i = 0; i < PIECES; i++) {
            bomb.writeBytes(piece);
        }
        bomb.writeBytes(new byte[] {3, 0, 0, 0, 0, 0, 0, 0, 0, 0x40});
        return bomb.toByteArray();
    }

    /** A gzip file with a thousand members. */
    static byte[] manyMembers() {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        byte[] member = gzip(new byte[PIECE]);
        for (int i = 0; i < PIECES; i++) {
            bomb.writeBytes(member);
        }
        return bomb.toByteArray();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] deflatedZeros() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(new byte[PIECE]);
            byte[] piece = new byte[PIECE];
            int length = deflater.deflate(piece, 0, piece.length, Deflater.FULL_FLUSH);
            return Arrays.copyOf(piece, length);
        } finally {
            deflater.end();
        }
    }
}
