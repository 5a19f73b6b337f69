package zipkin.ee.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryFaultTest {
    @AfterEach
    void forget() {
        MemoryFault.forget();
    }

    @Test
    void outOfMemory_isRemembered_alsoAsACause() {
        MemoryFault.note(new StackOverflowError());
        assertThat(MemoryFault.seen()).isFalse();

        MemoryFault.note(new IllegalStateException(new OutOfMemoryError()));
        assertThat(MemoryFault.seen()).isTrue();
    }
}
