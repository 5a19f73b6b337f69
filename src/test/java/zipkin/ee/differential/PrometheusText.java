package zipkin.ee.differential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the samples of a Prometheus text answer, without their numbers. */
final class PrometheusText {
    /**
     * What dashboards rely on; the reference's other names (armeria_*, logback_*) are about its web
     * server. jvm_gc_pause_* is left out, as it appears with the first collection, whenever that
     * is.
     */
    private static final Pattern PUBLIC = Pattern.compile(
            "(?!jvm_gc_pause_)(zipkin_collector_|http_server_requests_seconds_|jvm_|process_|system_).*");

    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private PrometheusText() {}

    /**
     * Keys such as {@code zipkin_collector_bytes_total{transport}}; the value says only that it is
     * there.
     */
    static Map<String, String> names(String prefix, String text) {
        Map<String, String> names = new TreeMap<>();
        for (String sample : samples(text)) {
            if (PUBLIC.matcher(sample).matches()) {
                names.put(prefix + name(sample) + labels(sample, false), "present");
            }
        }
        return names;
    }

    /** Keys such as {@code {method=GET,status=200,uri=/api/v2/services}}. */
    static Map<String, String> requestSeries(String prefix, String text) {
        Map<String, String> series = new TreeMap<>();
        for (String sample : samples(text)) {
            if (name(sample).equals("http_server_requests_seconds_count")) {
                series.put(prefix + labels(sample, true), "present");
            }
        }
        return series;
    }

    private static List<String> samples(String text) {
        return text.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static String name(String sample) {
        int brace = sample.indexOf('{');
        return sample.substring(0, brace < 0 ? sample.indexOf(' ') : brace);
    }

    private static String labels(String sample, boolean withValues) {
        List<String> labels = new ArrayList<>();
        Matcher matcher = LABEL.matcher(sample);
        while (matcher.find()) {
            labels.add(withValues ? matcher.group(1) + "=" + matcher.group(2) : matcher.group(1));
        }
        labels.sort(Comparator.naturalOrder());
        return labels.isEmpty() ? "" : "{" + String.join(",", labels) + "}";
    }
}
