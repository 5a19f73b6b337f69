package zipkin.ee.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * A module as its {@code module.xml} declares it; an alias requires the module that it stands for.
 *
 * @param name with {@code :slot} unless the slot is main
 * @param folder holds {@code module.xml} and the jars
 */
record ServerModule(String name, Path folder, Set<String> required, Set<String> optional) {

    /** All modules below {@code root}, by name. */
    static Map<String, ServerModule> readAll(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.endsWith("module.xml"))
                    .map(ServerModule::read)
                    .collect(Collectors.toMap(ServerModule::name, module -> module));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every jar in the module's folder. */
    List<Path> jars() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerModule read(Path file) {
        Element root = Xml.read(file);
        Set<String> required = new TreeSet<>();
        Set<String> optional = new TreeSet<>();
        if (root.getTagName().equals("module-alias")) {
            required.add(name(root, "target-name", "target-slot"));
        }
        for (Element dependency : Xml.elements(root, "module")) {
            (dependency.getAttribute("optional").equals("true") ? optional : required)
                    .add(name(dependency, "name", "slot"));
        }
        return new ServerModule(name(root, "name", "slot"), file.resolveSibling(""), required, optional);
    }

    private static String name(Element element, String name, String slot) {
        String named = element.getAttribute(slot);
        return element.getAttribute(name) + (named.isEmpty() || named.equals("main") ? "" : ":" + named);
    }
}
