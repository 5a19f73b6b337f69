package zipkin.ee.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Replacements in a message, in order, so that zipkin2's decoder reads typed values as text. */
final class TextEdits {
    private static final int EDIT = 3;

    private int[] edits = new int[0];
    private int length;
    private final ByteArrayOutputStream replacements = new ByteArrayOutputStream(0);

    /** Replaces {@code [from, to)}, which has to be behind all earlier replacements. */
    void add(int from, int to, byte[] replacement) {
        if (length == edits.length) {
            edits = Arrays.copyOf(edits, Math.max(16 * EDIT, 2 * length));
        }
        edits[length] = from;
        edits[length + 1] = to;
        edits[length + 2] = replacement.length;
        length += EDIT;
        replacements.writeBytes(replacement);
    }

    /** Returns the edited message, or the message itself if there is nothing to replace. */
    byte[] apply(byte[] message) {
        if (length == 0) {
            return message;
        }
        byte[] added = replacements.toByteArray();
        ByteArrayOutputStream edited = new ByteArrayOutputStream(message.length + added.length);
        int position = 0;
        int next = 0;
        for (int i = 0; i < length; i += EDIT) {
            edited.write(message, position, edits[i] - position);
            edited.write(added, next, edits[i + 2]);
            next += edits[i + 2];
            position = edits[i + 1];
        }
        edited.write(message, position, message.length - position);
        return edited.toByteArray();
    }
}
