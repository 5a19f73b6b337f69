package zipkin.ee.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to run. {@code seconds} is the length of one measurement; {@code storeSpans} is both servers' MEM_MAX_SPANS and
 * what is stored when queries are timed; {@code self} is empty, "true" for two reference servers or "ee" for two Zipkin
 * EE, the first of them with {@code oursJvm}; {@code rate} is messages a second in the open loop, 0 for half of what the
 * slower server took in the closed loop. After {@code limitSeconds} everything is stopped.
 */
record Options(
        boolean quick,
        String self,
        Set<String> sections,
        int rounds,
        int starts,
        int connections,
        double seconds,
        List<Format> formats,
        List<Integer> sizes,
        int warmUpSpans,
        int storeSpans,
        int heapSpans,
        int queries,
        int rate,
        int limitSeconds,
        String jvm,
        String oursJvm,
        Path home,
        Path reference,
        Path output) {

    private static final String HEAP = "-Xmx1g";
    private static final Set<String> ALL = Set.of("boot", "heap", "query", "intake", "latency");

    /** Reads {@code --name=value} and {@code --name}; anything unknown is an IllegalArgumentException. */
    static Options parse(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            if (!argument.startsWith("--")) {
                throw new IllegalArgumentException("Unexpected argument " + argument);
            }
            String[] parts = argument.substring(2).split("=", 2);
            given.put(parts[0], parts.length == 1 ? "true" : parts[1]);
        }
        boolean quick = given.remove("quick") != null;
        Options options = new Options(
                quick,
                take(given, "self", ""),
                sections(take(given, "sections", "boot,heap,query,intake,latency")),
                number(given, "rounds", quick ? 1 : 3),
                number(given, "starts", quick ? 1 : 5),
                number(given, "connections", 4),
                Double.parseDouble(take(given, "seconds", quick ? "0.5" : "5")),
                Arrays.stream(take(given, "formats", "JSON_V2,PROTO3,THRIFT").split(","))
                        .map(Format::valueOf)
                        .toList(),
                Arrays.stream(take(given, "sizes", quick ? "100,1" : "100,10,1").split(","))
                        .map(Integer::valueOf)
                        .toList(),
                number(given, "warm-up", quick ? 10_000 : 100_000),
                number(given, "spans", quick ? 40_000 : 200_000),
                number(given, "heap-spans", quick ? 40_000 : 200_000),
                number(given, "queries", quick ? 10 : 100),
                number(given, "rate", 0),
                number(given, "limit", quick ? 240 : 3600),
                given.getOrDefault("jvm", HEAP),
                take(given, "ours-jvm", given.getOrDefault("jvm", HEAP)),
                Path.of(take(given, "home", "target/server")),
                Path.of(take(given, "reference", "target/bench/reference/zipkin-server-exec.jar")),
                Path.of(take(given, "output", "target/bench")));
        given.remove("jvm");
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("Unknown option --" + String.join(", --", given.keySet()));
        }
        return options;
    }

    boolean has(String section) {
        return sections.contains(section);
    }

    private static Set<String> sections(String list) {
        Set<String> sections = new TreeSet<>(Arrays.asList(list.split(",")));
        if (!ALL.containsAll(sections)) {
            throw new IllegalArgumentException("--sections takes some of " + new TreeSet<>(ALL));
        }
        return sections;
    }

    private static String take(Map<String, String> given, String name, String fallback) {
        String value = given.remove(name);
        return value == null ? fallback : value;
    }

    private static int number(Map<String, String> given, String name, int fallback) {
        return Integer.parseInt(take(given, name, Integer.toString(fallback)).replace("_", ""));
    }
}
