package zipkin.ee.storage;

import java.util.ArrayList;
import java.util.List;

/** Divides what is too much for one request or query. */
public final class Pages {
    private Pages() {}

    /** Views of the elements in their order, all but the last one of {@code size}. */
    public static <T> List<List<T>> of(List<T> all, int size) {
        List<List<T>> pages = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            pages.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return pages;
    }
}
