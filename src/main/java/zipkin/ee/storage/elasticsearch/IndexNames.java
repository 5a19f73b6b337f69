package zipkin.ee.storage.elasticsearch;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.IndexNaming;

/**
 * Names of daily indices as Zipkin has them: {@code zipkin-span-2026-01-31}, days in UTC (upstream:
 * IndexNameFormatter). Thread safe.
 */
final class IndexNames {
    enum Kind {
        SPAN("span"),
        DEPENDENCY("dependency"),
        AUTOCOMPLETE("autocomplete");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * Before that day Zipkin had no such indices, and searches of its server look no further back.
     */
    static final LocalDate FIRST_DAY = LocalDate.of(2016, 3, 1);

    private static final int DAYS_OF_TEN = 9;
    /**
     * What nodes take of an address by default ({@code http.max_initial_line_length}, 4 KiB), less
     * the rest of it.
     */
    private static final int MAX_ADDRESS_LENGTH = 3000;

    private final IndexNaming naming;
    private final Clock clock;

    IndexNames(IndexNaming naming, Clock clock) {
        this.naming = naming;
        this.clock = clock;
    }

    /** The beginning of the names of a kind's indices and template: {@code zipkin-span}. */
    String name(Kind kind) {
        return naming.prefix() + "-" + kind.word();
    }

    /**
     * The index for something of that time. A time that no search would look at, in the future or
     * before there was Zipkin, goes where today's spans go, so that clocks which are wrong do not
     * make any number of indices.
     */
    String of(Kind kind, long epochMillis) {
        LocalDate today = today();
        LocalDate day = dayOf(epochMillis, today);
        return name(kind, day.isAfter(today.plusDays(1)) || day.isBefore(FIRST_DAY) ? today : day);
    }

    String name(Kind kind, LocalDate day) {
        return name(kind) + "-" + text(day);
    }

    long nowMillis() {
        return clock.millis();
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Pattern of all indices of a kind. */
    String all(Kind kind, ClusterVersion version) {
        return readPrefix(kind, version) + "-*";
    }

    /**
     * Patterns of the indices of these days, both included, as few as need be; none when the window
     * ends before {@link #FIRST_DAY}. Spans of the future are looked for in today's index too.
     */
    List<String> range(Kind kind, ClusterVersion version, long fromMillis, long toMillis) {
        LocalDate today = today();
        LocalDate last = dayOf(toMillis, today.plusDays(1));
        LocalDate end = last.isAfter(today.plusDays(1)) ? today.plusDays(1) : last;
        LocalDate from = dayOf(fromMillis, FIRST_DAY);
        LocalDate day = from.isBefore(FIRST_DAY) ? FIRST_DAY : from;
        if (kind == Kind.SPAN && last.isAfter(end) && day.isAfter(today)) {
            day = today;
        }
        String prefix = readPrefix(kind, version) + "-";
        List<String> patterns = new ArrayList<>();
        while (!day.isAfter(end)) {
            LocalDate covered = day;
            if (day.getDayOfYear() == 1 && !lastOfYear(day).isAfter(end)) {
                covered = lastOfYear(day);
                patterns.add(prefix + day.getYear() + naming.dateSeparator() + "*");
            } else if (day.getDayOfMonth() == 1 && !lastOfMonth(day).isAfter(end)) {
                covered = lastOfMonth(day);
                patterns.add(prefix + month(day) + "*");
            } else if (startsTen(day) && !lastOfTen(day).isAfter(end)) {
                covered = lastOfTen(day);
                patterns.add(prefix + month(day) + day.getDayOfMonth() / 10 + "*");
            } else {
                patterns.add(prefix + text(day));
            }
            day = covered.plusDays(1);
        }
        return patterns;
    }

    /** The day of an index that we or Zipkin's server made; null for any other name. */
    @Nullable
    LocalDate day(Kind kind, String index) {
        for (String prefix : List.of(name(kind) + "-", naming.prefix() + ":" + kind.word() + "-")) {
            if (index.startsWith(prefix)) {
                return parse(index.substring(prefix.length()));
            }
        }
        return null;
    }

    /**
     * As {@link #range}, where documents of other days do no harm: all indices when the patterns do
     * not fit into the address of one request.
     */
    List<String> addressable(Kind kind, ClusterVersion version, long fromMillis, long toMillis) {
        List<String> patterns = range(kind, version, fromMillis, toMillis);
        return portions(patterns).size() > 1 ? List.of(all(kind, version)) : patterns;
    }

    /** Divides names so that each part fits into the address of one request. */
    static List<List<String>> portions(List<String> indices) {
        List<List<String>> portions = new ArrayList<>();
        int length = 0;
        for (String index : indices) {
            length += index.length() + 1;
            if (portions.isEmpty() || length > MAX_ADDRESS_LENGTH) {
                portions.add(new ArrayList<>());
                length = index.length() + 1;
            }
            portions.get(portions.size() - 1).add(index);
        }
        return portions;
    }

    private @Nullable LocalDate parse(String date) {
        String separator = naming.dateSeparator();
        int gap = separator.length();
        if (date.length() != 8 + 2 * gap) {
            return null;
        }
        try {
            LocalDate day = LocalDate.of(
                    Integer.parseInt(date.substring(0, 4)),
                    Integer.parseInt(date.substring(4 + gap, 6 + gap)),
                    Integer.parseInt(date.substring(6 + 2 * gap)));
            return text(day).equals(date) ? day : null;
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }

    private String readPrefix(Kind kind, ClusterVersion version) {
        return naming.prefix() + (version.mayHaveColons() ? "*" : "-") + kind.word();
    }

    private static LocalDate dayOf(long epochMillis, LocalDate otherwise) {
        long day = Math.floorDiv(epochMillis, ChronoUnit.DAYS.getDuration().toMillis());
        return day >= LocalDate.MIN.toEpochDay() && day <= LocalDate.MAX.toEpochDay()
                ? LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis), ZoneOffset.UTC)
                : otherwise;
    }

    private String text(LocalDate day) {
        return month(day) + twoDigits(day.getDayOfMonth());
    }

    private String month(LocalDate day) {
        return day.getYear() + naming.dateSeparator() + twoDigits(day.getMonthValue()) + naming.dateSeparator();
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static LocalDate lastOfYear(LocalDate day) {
        return LocalDate.of(day.getYear(), 12, 31);
    }

    private static LocalDate lastOfMonth(LocalDate day) {
        return day.withDayOfMonth(day.lengthOfMonth());
    }

    private static boolean startsTen(LocalDate day) {
        return day.getDayOfMonth() == 1 || day.getDayOfMonth() == 10 || day.getDayOfMonth() == 20;
    }

    /**
     * The ninth, nineteenth or twenty-ninth; where a month has less, no such days are taken
     * together.
     */
    private static LocalDate lastOfTen(LocalDate day) {
        int last = day.getDayOfMonth() / 10 * 10 + DAYS_OF_TEN;
        return last <= day.lengthOfMonth() ? day.withDayOfMonth(last) : LocalDate.MAX;
    }
}
