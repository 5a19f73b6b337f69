package zipkin.ee.codec.otlp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;

/**
 * An address in an attribute. Brackets, a zone id and a port are not part of the host.
 *
 * @param host a name or an IP literal, never empty
 * @param isIp whether the host is an IP literal
 * @param port 1 to 65535, or 0 if the text has none
 */
record OtlpAddress(String host, boolean isIp, int port) {
    /** Longer texts are not addresses. */
    static final int MAX_LENGTH = 255;

    private static final int MAX_PORT = 65_535;
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]*)\\](?::([0-9]{1,5}))?|([^:]*):([0-9]{1,5})");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

    /** Longest text of an IPv6 address, with an IPv4 address at its end. */
    private static final int MAX_IPV6 = 45;

    private static final int IPV6_GROUP = 4;

    static @Nullable OtlpAddress parse(@Nullable OtlpValue value) {
        String text = name(value);
        if (text == null) {
            return null;
        }
        Matcher withPort = WITH_PORT.matcher(text);
        String host = text;
        int port = 0;
        if (withPort.matches()) {
            host = withPort.group(1) == null ? withPort.group(3) : withPort.group(1);
            port = port(withPort.group(1) == null ? withPort.group(4) : withPort.group(2));
        }
        int zone = host.indexOf('%');
        if (zone >= 0 && host.indexOf(':') >= 0) {
            host = host.substring(0, zone);
        }
        return host.isEmpty() ? null : new OtlpAddress(host, isIp(host), port);
    }

    /** A text that can be the name of an endpoint, or null. */
    static @Nullable String name(@Nullable OtlpValue value) {
        return value instanceof OtlpValue.Text t
                        && !t.text().isEmpty()
                        && t.text().length() <= MAX_LENGTH
                ? t.text()
                : null;
    }

    /** The port in an integer or a decimal text, or 0. */
    static int port(@Nullable OtlpValue value) {
        if (value instanceof OtlpValue.Int number) {
            return number.value() > 0 && number.value() <= MAX_PORT ? (int) number.value() : 0;
        }
        return value instanceof OtlpValue.Text t ? port(t.text()) : 0;
    }

    private static int port(@Nullable String text) {
        if (text == null || !DIGITS.matcher(text).matches()) {
            return 0;
        }
        int port = Integer.parseInt(text);
        return port <= MAX_PORT ? port : 0;
    }

    private static boolean isIp(String host) {
        return (IPV4.matcher(host).matches() || mayBeIpv6(host))
                && Endpoint.newBuilder().parseIp(host);
    }

    /** Leaves out texts for which zipkin2 would need an exception to find that they are none. */
    private static boolean mayBeIpv6(String host) {
        if (host.length() > MAX_IPV6 || host.indexOf(':') < 0) {
            return false;
        }
        int group = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == ':') {
                group = 0;
            } else if (c == '.') {
                group = Integer.MIN_VALUE; // the groups of an IPv4 address are one of IPv6
            } else if (Character.digit(c, 16) < 0 || c > 'f' || ++group > IPV6_GROUP) {
                return false;
            }
        }
        boolean singleAtStart = host.startsWith(":") && !host.startsWith("::");
        boolean singleAtEnd = host.endsWith(":") && !host.endsWith("::");
        return !singleAtStart && !singleAtEnd;
    }
}
