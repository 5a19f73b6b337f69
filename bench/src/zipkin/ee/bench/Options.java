package zipkin.ee.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What to run. {@code self} is empty, "true" for two reference servers or "ee" for two Zipkin EE,
 * the first of them with {@code oursJvm}, the second from {@code before} where that is
 * a folder like {@code home}; {@code store} is memory or a kind of database;
 * {@code seconds} is the length of one measurement; {@code storeSpans} is both servers'
 * MEM_MAX_SPANS and what is stored when queries are timed; {@code referenceSpans} and
 * {@code oursSpans} are what a database is given in one measurement, {@code bigSpans} what is in it
 * when Zipkin EE is searched alone; {@code drainSpans} is what a topic or queue is filled with and
 * {@code streams} how many consumers a server has for it; {@code rate} is messages a second in the
 * open loop, 0 for half of what the slower server took in the closed loop; {@code reference} is its
 * jar, empty for that of src/test/servers/reference. After {@code limitSeconds} everything is
 * stopped.
 */
record Options(
        boolean quick,
        String self,
        String store,
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
        int referenceSpans,
        int oursSpans,
        int bigSpans,
        List<String> brokers,
        int drainSpans,
        List<Integer> streams,
        int queries,
        int rate,
        int limitSeconds,
        String jvm,
        String oursJvm,
        Path home,
        String before,
        String reference,
        Path output) {

    private static final String MEMORY = "memory";
    private static final Set<String> STORES = Set.of(MEMORY, "mariadb", "postgresql", "h2", "opensearch", "cassandra");
    private static final Set<String> DISTRIBUTED = Set.of("opensearch", "cassandra");

    /**
     * Reads {@code --name=value} and {@code --name}; anything unknown is an
     * IllegalArgumentException.
     */
    static Options parse(String[] arguments) {
        Map<String, String> given = given(arguments);
        boolean quick = given.remove("quick") != null;
        boolean sql = !given.getOrDefault("store", MEMORY).equals(MEMORY);
        Map<String, String> values = defaults(quick);
        if (sql) {
            values.putAll(sqlDefaults(quick));
        }
        if (DISTRIBUTED.contains(given.getOrDefault("store", MEMORY))) {
            values.putAll(distributedDefaults(quick));
        }
        if (given.getOrDefault("store", MEMORY).equals("cassandra")) {
            values.putAll(Map.of("ref-spans", "10_000", "ours-spans", quick ? "10_000" : "60_000"));
            values.put("spans", quick ? "10_000" : "60_000");
        }
        if (given.getOrDefault("sections", "").equals("drain")) {
            values.put("formats", quick ? "PROTO3" : "JSON_V2,PROTO3");
        }
        String known = sql ? "boot,search,store,big,growth" : text(values, "sections") + ",drain,growth";
        String more = given.containsKey("big") ? ",big" : "";
        values.keySet().forEach(name -> values.computeIfPresent(name, (key, value) -> take(given, name, value)));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("Unknown option --" + String.join(", --", given.keySet()));
        }
        return new Options(
                quick,
                text(values, "before").isEmpty() ? text(values, "self") : "ee",
                one(STORES, "store", text(values, "store")),
                sections(text(values, "sections") + more, known),
                number(values, "rounds"),
                number(values, "starts"),
                number(values, "connections"),
                Double.parseDouble(text(values, "seconds")),
                list(values, "formats").map(Format::valueOf).toList(),
                list(values, "sizes").map(Integer::valueOf).toList(),
                number(values, "warm-up"),
                number(values, "spans"),
                number(values, "heap-spans"),
                number(values, "ref-spans"),
                number(values, "ours-spans"),
                number(values, "big"),
                list(values, "brokers")
                        .map(kind -> one(Broker.KINDS, "brokers", kind))
                        .toList(),
                number(values, "drain-spans"),
                list(values, "streams").map(Integer::valueOf).toList(),
                number(values, "queries"),
                number(values, "rate"),
                number(values, "limit"),
                text(values, "jvm"),
                text(values, text(values, "ours-jvm").isEmpty() ? "jvm" : "ours-jvm"),
                Path.of(text(values, "home")),
                text(values, "before"),
                text(values, "reference"),
                Path.of(text(values, "output")));
    }

    private static Map<String, String> given(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            if (!argument.startsWith("--")) {
                throw new IllegalArgumentException("Unexpected argument " + argument);
            }
            String[] parts = argument.substring(2).split("=", 2);
            given.put(parts[0], parts.length == 1 ? "true" : parts[1]);
        }
        return given;
    }

    private static Map<String, String> defaults(boolean quick) {
        Map<String, String> values = new HashMap<>();
        values.put("self", "");
        values.put("store", MEMORY);
        values.put("sections", "boot,heap,query,intake,latency");
        values.put("rounds", quick ? "1" : "3");
        values.put("starts", quick ? "1" : "5");
        values.put("connections", "4");
        values.put("seconds", quick ? "0.5" : "5");
        values.put("formats", "JSON_V2,PROTO3,THRIFT");
        values.put("sizes", quick ? "100,1" : "100,10,1");
        values.put("warm-up", quick ? "10_000" : "100_000");
        values.put("spans", quick ? "40_000" : "200_000");
        values.put("heap-spans", quick ? "40_000" : "200_000");
        values.put("ref-spans", quick ? "2_000" : "20_000");
        values.put("ours-spans", quick ? "10_000" : "200_000");
        values.put("big", quick ? "30_000" : "1_000_000");
        values.put("brokers", "kafka,rabbitmq");
        values.put("drain-spans", quick ? "300_000" : "2_000_000");
        values.put("streams", "1");
        values.put("queries", quick ? "10" : "100");
        values.put("rate", "0");
        values.put("limit", quick ? "240" : "3600");
        values.put("jvm", "-Xmx1g");
        values.put("ours-jvm", "");
        values.put("home", "target/server");
        values.put("before", "");
        values.put("reference", "");
        values.put("output", "target/bench");
        return values;
    }

    /**
     * Where the defaults for a database differ: the reference stores some hundred spans a second.
     */
    private static Map<String, String> sqlDefaults(boolean quick) {
        return Map.of(
                "sections", "search,store",
                "formats", quick ? "PROTO3" : "JSON_V2,PROTO3",
                "sizes", "100",
                "spans", quick ? "2_000" : "20_000",
                "limit", quick ? "300" : "3600");
    }

    /**
     * Where the defaults for a cluster differ: the reference stores a thousand or two spans a
     * second.
     */
    private static Map<String, String> distributedDefaults(boolean quick) {
        return Map.of(
                "ref-spans", quick ? "10_000" : "60_000",
                "ours-spans", quick ? "10_000" : "120_000",
                "spans", quick ? "10_000" : "200_000");
    }

    boolean has(String section) {
        return sections.contains(section);
    }

    /** False when nothing is measured on two servers that are up at the same time. */
    boolean hasPair() {
        return !Set.of("drain", "growth").containsAll(sections);
    }

    boolean isStored() {
        return !store.equals(MEMORY);
    }

    /** Whether both servers know the store. */
    boolean isDistributed() {
        return DISTRIBUTED.contains(store);
    }

    private static Set<String> sections(String list, String known) {
        Set<String> all = new TreeSet<>(Arrays.asList(known.split(",")));
        Set<String> sections = new TreeSet<>();
        for (String section : list.split(",", -1)) {
            sections.add(one(all, "sections", section));
        }
        return sections;
    }

    private static String one(Set<String> allowed, String name, String value) {
        if (!allowed.contains(value)) {
            throw new IllegalArgumentException("--" + name + " takes " + new TreeSet<>(allowed) + ", not " + value);
        }
        return value;
    }

    private static String take(Map<String, String> given, String name, String fallback) {
        String value = given.remove(name);
        return value == null ? fallback : value;
    }

    private static String text(Map<String, String> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private static Stream<String> list(Map<String, String> values, String name) {
        return Arrays.stream(text(values, name).split(",", -1));
    }

    private static int number(Map<String, String> values, String name) {
        return Integer.parseInt(text(values, name).replace("_", ""));
    }
}
