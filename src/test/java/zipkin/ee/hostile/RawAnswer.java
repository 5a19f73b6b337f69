package zipkin.ee.hostile;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One answer, as it was sent.
 *
 * @param status 0 when the connection was closed without an answer
 * @param headers by name in lower case; values of repeated ones joined by commas
 * @param body what follows the headers, and a second answer if there is one
 */
public record RawAnswer(int status, Map<String, String> headers, String body) {
    static RawAnswer of(String sent) {
        int end = sent.indexOf("\r\n\r\n");
        if (end < 0) {
            return new RawAnswer(0, Map.of(), sent);
        }
        String[] lines = sent.substring(0, end).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(":", 2);
            headers.merge(parts[0].toLowerCase(Locale.ROOT), parts[1].trim(), (first, next) -> first + ", " + next);
        }
        return new RawAnswer(Integer.parseInt(lines[0].substring(9, 12)), headers, sent.substring(end + 4));
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
