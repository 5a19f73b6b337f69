package zipkin.ee.differential;

/**
 * One aspect in which the answers differ.
 *
 * @param aspect {@code status}, a header's name, or {@code body} with what of it
 * @param reference what the reference said; {@code (absent)} where it said nothing
 * @param ours what Zipkin EE said
 */
record Difference(String aspect, String reference, String ours) {
    @Override
    public String toString() {
        return aspect + "\n  reference: " + shown(reference) + "\n  ours:      " + shown(ours);
    }

    private static String shown(String value) {
        return value.length() <= 2000 ? value : value.substring(0, 2000) + "… (" + value.length() + " characters)";
    }
}
