package zipkin.ee.distribution;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;

/**
 * {@code licenses.txt}: which licences are allowed and which one is taken. An entry that no
 * component needs fails the build, as a component without an allowed licence does.
 */
final class LicenseTable {
    private final Map<String, String> identifiers = new HashMap<>();
    private final Map<String, String> components = new HashMap<>();
    private final Set<String> unused;

    LicenseTable(Path repository) {
        for (String line : Folders.lines(repository.resolve("build/distribution/licenses.txt"))) {
            String[] entry = line.strip().split(" = ", 2);
            (entry[0].contains(":") ? components : identifiers).put(entry[0], entry[1]);
        }
        this.unused = new TreeSet<>(identifiers.keySet());
        unused.addAll(components.keySet());
    }

    /**
     * Replaces the licences of {@code component} by the one that is taken, or by their identifiers.
     */
    void apply(Component component) {
        LicenseChoice choice = new LicenseChoice();
        for (String identifier : identifiers(component)) {
            License license = new License();
            license.setId(identifier);
            choice.addLicense(license);
        }
        component.setLicenses(choice);
    }

    private List<String> identifiers(Component component) {
        String name = component.getGroup() + ":" + component.getName();
        String taken = components.get(name);
        if (taken != null) {
            unused.remove(name);
            return List.of(taken);
        }
        List<String> found = new ArrayList<>();
        LicenseChoice choice = component.getLicenses();
        List<License> named = choice == null ? List.of() : choice.getLicenses();
        for (License license : named == null ? List.<License>of() : named) {
            String text = license.getId() == null ? license.getName() : license.getId();
            String identifier = identifiers.get(text);
            if (identifier == null) {
                throw new IllegalStateException(
                        name + " has the unknown licence \"" + text + "\". Add it to build/distribution/licenses.txt.");
            }
            unused.remove(text);
            found.add(identifier);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException(
                    name + " names no licence. Look it up and add it to build/distribution/licenses.txt.");
        }
        return found;
    }

    /**
     * The names of the files with the texts: LICENSE is Apache's, every other is in the folder
     * licenses.
     */
    static Set<String> texts(Collection<Component> components) {
        Set<String> texts = new TreeSet<>(Set.of("LICENSE", "NOTICE"));
        for (Component component : components) {
            for (License license : component.getLicenses().getLicenses()) {
                if (!license.getId().equals("Apache-2.0")) {
                    texts.add("licenses/" + license.getId() + ".txt");
                }
            }
        }
        return texts;
    }

    /** Fails if there are entries that no component has needed. */
    void checkUsed() {
        if (!unused.isEmpty()) {
            throw new IllegalStateException("No component needs these in build/distribution/licenses.txt: " + unused);
        }
    }
}
