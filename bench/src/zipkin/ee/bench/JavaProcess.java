package zipkin.ee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JVM that does a server's work, seen from outside: by /proc and jcmd. */
final class JavaProcess {
    private static final double TICKS_PER_SECOND = 100;
    private static final Pattern USED =
            Pattern.compile("(?:heap|generation|PSYoungGen|ParOldGen)\\s+total \\d+K, used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use(\\w+GC)");

    private final Process started;
    private final long pid;

    private JavaProcess(Process started, long pid) {
        this.started = started;
        this.pid = pid;
    }

    /** The youngest java below a start script, or the process itself. */
    static JavaProcess of(Process process) {
        Optional<ProcessHandle> child = process.descendants()
                .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .max(Comparator.comparingLong(ProcessHandle::pid));
        return new JavaProcess(process, child.map(ProcessHandle::pid).orElse(process.pid()));
    }

    /** CPU seconds, user and system, of the JVM since its start. */
    double cpuSeconds() {
        return cpuSeconds(pid, false);
    }

    /**
     * CPU seconds, user and system, of a process; with those of its children that have ended, if
     * wanted.
     */
    static double cpuSeconds(long pid, boolean withEndedChildren) {
        return cpuTicks(pid, withEndedChildren ? 2 : 0) / TICKS_PER_SECOND;
    }

    /** CPU seconds of the JVM, its start script and what that script ran before. */
    double cpuSecondsWithScript() {
        return pid == started.pid() ? cpuSeconds() : cpuSeconds() + cpuTicks(started.pid(), 2) / TICKS_PER_SECOND;
    }

    /**
     * user and system ticks, then those of {@code more} waited-for children (see proc(5), fields 14
     * to 17).
     */
    private static long cpuTicks(long pid, int more) {
        String stat = Server.read(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = 11; i < 13 + more; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks;
    }

    double residentMegabytes() {
        return matched(RESIDENT, Server.read(Path.of("/proc", Long.toString(pid), "status"))) / 1024.0;
    }

    /** Used heap after two full collections. */
    long heapBytes() {
        jcmd("GC.run");
        jcmd("GC.run");
        return 1024 * matched(USED, jcmd("GC.heap_info"));
    }

    /** The garbage collector in use, as its JVM flag names it: G1GC, ParallelGC, SerialGC. */
    String collector() {
        Matcher matcher = COLLECTOR.matcher(jcmd("VM.flags"));
        return matcher.find() ? matcher.group(1) : "unknown";
    }

    private static long matched(Pattern pattern, String text) {
        long sum = 0;
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            sum += Long.parseLong(matcher.group(1));
        }
        return sum;
    }

    private String jcmd(String command) {
        try {
            Process jcmd = new ProcessBuilder("jcmd", Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("jcmd of the JDK is needed in PATH", e);
        }
    }

    /** The names of both servers' collectors when they differ, else the one name. */
    static String collectors(List<Server> servers) {
        return String.join(
                " and ",
                servers.stream()
                        .map(server -> server.java().collector())
                        .distinct()
                        .toList());
    }
}
