package zipkin.ee.storage;

/**
 * The storage that {@code STORAGE_TYPE} names.
 *
 * @param summary where it is and how long spans are kept, in one line
 */
public record SelectedStorage(String type, String summary) {}
