package zipkin.ee.distribution;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which modules a server can load. From the modules that its configuration names the walk follows
 *
 * <ul>
 *   <li>every dependency in {@code module.xml};
 * <li>every module whose name is a string in a class of a reached module, because subsystems look
 *   up by name what they add to deployments.
 * </ul>
 *
 * <p>Optional dependencies and names lead neither to an extension that the configuration lacks nor
 * to a module that is left out on purpose.
 */
final class ModuleGraph {
    private final Map<String, ServerModule> modules;
    private final Predicate<String> leftOut;

    /**
     * @param modules by name
     * @param leftOut names, which also stand for those that start with one and a dot
     */
    ModuleGraph(Map<String, ServerModule> modules, Collection<String> leftOut) {
        this.modules = modules;
        this.leftOut = name -> leftOut.stream().anyMatch(left -> name.equals(left) || name.startsWith(left + "."));
    }

    /** The modules that can be reached from {@code roots}, which may hold names of no module. */
    Collection<ServerModule> reachable(Collection<String> roots) {
        Set<String> absent = absentExtensions(roots);
        Map<String, ServerModule> reached = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            String name = open.remove();
            ServerModule module = modules.get(name);
            if (module != null && reached.put(name, module) == null) {
                open.addAll(module.required());
                for (Collection<String> possible : List.of(module.optional(), mentions(module))) {
                    possible.stream()
                            .filter(other -> !absent.contains(other) && !leftOut.test(other))
                            .forEach(open::add);
                }
            }
        }
        return reached.values();
    }

    private Set<String> absentExtensions(Collection<String> roots) {
        return modules.values().stream()
                .filter(module -> module.jars().stream()
                        .anyMatch(jar -> Jars.contains(jar, "META-INF/services/org.jboss.as.controller.Extension")))
                .map(ServerModule::name)
                .filter(name -> !roots.contains(name))
                .collect(Collectors.toSet());
    }

    private Set<String> mentions(ServerModule module) {
        Set<String> mentioned = new HashSet<>();
        module.jars().forEach(jar -> Jars.collectClassStrings(jar, modules.keySet(), mentioned));
        return mentioned;
    }
}
