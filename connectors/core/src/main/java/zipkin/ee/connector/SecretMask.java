package zipkin.ee.connector;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what is shown. The WAR and the resource adapters can't share a class, so
 * each has this one: a test compares their sources.
 */
public final class SecretMask {
    private static final String HIDDEN = "…";

    /** Names of settings and parameters whose values are secrets. */
    private static final String SECRET_WORDS =
            "pass|pwd|secret|token|credential|sig|key|auth|jaas|cookie|session|assertion";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "pass|pwd|secret|token|credential|_key|[a-z]key|auth|jaas|cookie|headers", Pattern.CASE_INSENSITIVE);

    /** Names of settings whose values may hold user and password beside what is not secret. */
    private static final Pattern PLACE_NAME =
            Pattern.compile("ur[il]|endpoint|host|address|servers|contact_points|params", Pattern.CASE_INSENSITIVE);

    /**
     * Words, numbers, durations, paths: nothing that separates a user from a password, or a name
     * from a value.
     */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N} .,_+%/-]{0,60}");

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    /** Keys and tokens are long runs of letters of both cases and digits. */
    private static final Pattern RANDOM =
            Pattern.compile("(?=[\\w+/.-]*[0-9])(?=[\\w+/.-]*[a-z])(?=[\\w+/.-]*[A-Z])[\\w+/.-]{16,}");

    /** Those that settings have. Another word before a colon may be a user. */
    private static final Pattern SCHEME = Pattern.compile(
            "(?:https?|ftp|file|tcp|ssl|amqps?|pulsar(?:\\+ssl)?|rediss?|kafka|jdbc:[a-z0-9]{1,12})://",
            Pattern.CASE_INSENSITIVE);

    /**
     * Up to the last @ without a space between, since passwords hold slashes where they should not.
     */
    private static final Pattern USER_INFO = Pattern.compile("(?<!/)//(?:[^\\s@]*+@)++");

    /** With a space in the password. A port is not one. */
    private static final Pattern USER_INFO_WITH_SPACES =
            Pattern.compile("//[^/\\s:@]{0,200}+:(?![0-9]{1,5}(?:[^0-9@\\w]|$))[^@\\r\\n]{0,200}+@");

    /** Without a scheme: a list of hosts, a broker's address. */
    private static final Pattern USER_AND_PASSWORD =
            Pattern.compile("(?<![^\\s,;\"'=(/@])[^\\s,;\"'=(/:@]*+:(?!//)[^\\s,;\"'(@]{1,1000}+@");

    /** What stands before the word is left as it is, so nothing has to be tried for it. */
    private static final Pattern PARAMETER = Pattern.compile(
            "((?:" + SECRET_WORDS + ")[\\w.-]{0,40}+[\"']?+\\s{0,3}+=\\s{0,3}+)"
                    + "(\"(?:[^\"\\\\]|\\\\.){0,2000}\"?|'[^']{0,2000}'?|[^\\s&;,)\"']{1,2000})",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern JSON_MEMBER = Pattern.compile(
            "((?:" + SECRET_WORDS + ")[\\w.-]{0,40}+\"\\s{0,3}+:\\s{0,3}+)\"(?:[^\"\\\\]|\\\\.){0,2000}\"?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern HEADER = Pattern.compile(
            "\\b((?:proxy-)?authorization|x-[\\w-]{0,40}(?:key|token)|(?:set-)?cookie)"
                    + "(\\s{0,3}[:=]\\s{0,3})[^\\r\\n]{1,2000}",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern BEARER = Pattern.compile(
            "\\b((?i:bearer|basic|apikey) {1,3}|(?i:token):)(?=[\\w+/=.~-]*[0-9A-Z=._-])[\\w+/=.~-]{8,2000}");

    private SecretMask() {}

    /** A text of a library or of ours, without what looks like a secret in it. */
    public static String freeText(String text) {
        boolean named = text.indexOf('=') >= 0 || text.indexOf(':') >= 0;
        String masked = named ? named(text) : text;
        if (masked.indexOf('@') >= 0) {
            masked = USER_INFO.matcher(masked).replaceAll("//" + HIDDEN + "@");
            masked = USER_INFO_WITH_SPACES.matcher(masked).replaceAll("//" + HIDDEN + "@");
            masked = USER_AND_PASSWORD.matcher(masked).replaceAll(HIDDEN + "@");
        }
        return BEARER.matcher(masked).replaceAll("$1" + HIDDEN);
    }

    private static String named(String text) {
        String masked = HEADER.matcher(text).replaceAll("$1$2" + HIDDEN);
        masked = PARAMETER.matcher(masked).replaceAll("$1" + HIDDEN);
        return JSON_MEMBER.matcher(masked).replaceAll("$1\"" + HIDDEN + "\"");
    }

    /**
     * A setting's value as an error names it. Only plain words and numbers are shown; of all else,
     * and of places, no more than the scheme and the length: in a malformed value nothing says
     * where its secret is.
     *
     * @param name of the setting: those of secrets show no scheme either
     */
    public static String value(String name, String text) {
        boolean secret = SECRET_NAME.matcher(name).find();
        boolean plain = PLAIN.matcher(text).matches()
                && !RANDOM.matcher(text).find()
                && freeText(text).equals(text);
        if (plain
                && !secret
                && (!PLACE_NAME.matcher(name).find() || PORT.matcher(text).matches())) {
            return text;
        }
        Matcher scheme = SCHEME.matcher(text);
        String start = !secret && scheme.lookingAt() ? scheme.group().toLowerCase(Locale.ROOT) : "";
        return start + HIDDEN + " (" + text.length() + " characters)";
    }
}
