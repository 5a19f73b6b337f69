package zipkin.ee.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageSizeTest {
    private final PageSize size = new PageSize();

    @Test
    void smallRows_growPagesUpToAMost() {
        int most = 0;
        for (int page = 0; page < 10; page++) {
            int rows = size.next(Integer.MAX_VALUE);
            size.read(rows, rows * 300L);
            most = rows;
        }

        assertThat(most).isEqualTo(10_000);
    }

    @Test
    void largeRows_shrinkPages() {
        assertThat(size.next(Integer.MAX_VALUE)).isEqualTo(PageSize.FIRST);
        size.read(PageSize.FIRST, PageSize.FIRST * 64_000L);

        assertThat(size.next(Integer.MAX_VALUE)).isEqualTo(65);
    }

    @Test
    void hugeRows_comeByTheScore() {
        size.read(PageSize.FIRST, PageSize.FIRST * 10_000_000L);

        assertThat(size.next(Integer.MAX_VALUE)).isEqualTo(20);
        assertThat(size.next(3)).isEqualTo(3);
    }

    @Test
    void emptyPage_shrinksNothing() {
        size.read(0, 0);

        assertThat(size.next(Integer.MAX_VALUE)).isEqualTo(PageSize.FIRST);
    }

    @Test
    void page_ofPartOfASpan_growsUntilItFits() {
        size.grow();
        size.grow();

        assertThat(size.next(Integer.MAX_VALUE)).isEqualTo(4 * PageSize.FIRST);
    }
}
