package zipkin.ee.testing;

/** Texts as an attacker chooses them. */
public final class ChosenTexts {
    private static final int PAIRS = 20;

    private ChosenTexts() {}

    /**
     * Another text for each number up to a million, all with the same {@link String#hashCode}, in
     * lower case.
     */
    public static String ofOneHash(int number) {
        StringBuilder text = new StringBuilder(2 * PAIRS);
        for (int bit = 0; bit < PAIRS; bit++) {
            text.append((number >> bit & 1) == 0 ? "an" : "c0");
        }
        return text.toString();
    }
}
