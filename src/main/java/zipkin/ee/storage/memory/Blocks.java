package zipkin.ee.storage.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable array of blocks by number.
 *
 * @param first number of the first block in the array
 * @param array null for blocks that were dropped
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Blocks(int first, @Nullable Block[] array) {
    @Nullable
    Block get(int number) {
        int place = number - first;
        return place < 0 || place >= array.length ? null : array[place];
    }

    Blocks with(Block block) {
        @Nullable Block[] longer = Arrays.copyOf(array, array.length + 1);
        longer[array.length] = block;
        return new Blocks(first, longer);
    }

    Blocks without(int number) {
        @Nullable Block[] rest = array.clone();
        rest[number - first] = null;
        int gone = 0;
        while (gone < rest.length && rest[gone] == null) {
            gone++;
        }
        return gone == 0
                ? new Blocks(first, rest)
                : new Blocks(first + gone, Arrays.copyOfRange(rest, gone, rest.length));
    }
}
