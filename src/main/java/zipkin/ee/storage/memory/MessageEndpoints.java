package zipkin.ee.storage.memory;

import java.util.Arrays;

/**
 * Maps the endpoint numbers of one message to those of one block. Clearing it costs only as much as
 * was put, since a message may fill many blocks and have an endpoint per span. Used by one thread
 * at a time.
 */
final class MessageEndpoints {
    private int[] numbers = new int[16];
    private int[] put = new int[16];
    private int count;

    /** @param endpoints number of endpoints of the message */
    void begin(int endpoints) {
        for (int i = 0; i < count; i++) {
            numbers[put[i]] = 0;
        }
        count = 0;
        if (endpoints > numbers.length) {
            numbers = new int[2 * endpoints];
        }
    }

    /** Returns the number in the block, or 0. */
    int get(int endpoint) {
        return numbers[endpoint - 1];
    }

    void put(int endpoint, int number) {
        if (count == put.length) {
            put = Arrays.copyOf(put, 2 * count);
        }
        put[count++] = endpoint - 1;
        numbers[endpoint - 1] = number;
    }

    /** Frees memory that an unusual message needed. */
    void release() {
        if (numbers.length > 4096) {
            numbers = new int[16];
            put = new int[16];
            count = 0;
        }
    }
}
