package zipkin.ee.differential;

import java.util.regex.Pattern;

/**
 * A difference that is meant.
 *
 * @param id names the row of {@code docs/compatibility.md}
 * @param cases which cases, by name
 * @param aspect which aspect of their answers
 * @param reference what the reference says there
 * @param ours what Zipkin EE says there; anything else is still a failure
 * @param why the reason, as the page gives it
 */
record Deviation(String id, Pattern cases, Pattern aspect, Pattern reference, Pattern ours, String why) {

    static Deviation of(String id, String cases, String aspect, String reference, String ours, String why) {
        return new Deviation(id, pattern(cases), pattern(aspect), pattern(reference), pattern(ours), why);
    }

    boolean explains(String caseName, Difference difference) {
        return cases.matcher(caseName).matches()
                && aspect.matcher(difference.aspect()).matches()
                && reference.matcher(difference.reference()).matches()
                && ours.matcher(difference.ours()).matches();
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.DOTALL);
    }
}
