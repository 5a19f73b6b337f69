package zipkin.ee.distribution;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.w3c.dom.Element;

/**
 * The Maven coordinates and licences of the server's jars, from the list that WildFly brings along.
 */
final class WildFlyArtifacts {
    /** Groups of the drivers, which the build adds and the list lacks, by their artifacts. */
    private static final Map<String, String> DRIVERS =
            Map.of("postgresql", "org.postgresql", "mariadb-java-client", "org.mariadb.jdbc");

    private static final Pattern VERSIONED = Pattern.compile("(.+?)-([0-9].*)\\.jar");

    private final Path licenses;
    private final Map<String, Element> listed = new TreeMap<>(Comparator.reverseOrder());

    WildFlyArtifacts(Path image) {
        this.licenses = image.resolve("docs/licenses");
        for (Element artifact : Xml.elements(Xml.read(licenses.resolve("licenses.xml")), "dependency")) {
            listed.put(Xml.text(artifact, "artifactId") + "-" + Xml.text(artifact, "version"), artifact);
        }
    }

    Component component(Path jar) throws IOException {
        String file = jar.getFileName().toString();
        Matcher versioned = VERSIONED.matcher(file);
        String driverGroup = versioned.matches() ? DRIVERS.get(versioned.group(1)) : null;
        if (driverGroup != null) {
            return component(jar, driverGroup, versioned.group(1), versioned.group(2), "", List.of());
        }
        String base = file.equals("jboss-modules.jar")
                ? "jboss-modules-" + Jars.version(jar)
                : file.substring(0, file.length() - ".jar".length());
        // The longest name that fits is the first in reverse order.
        Map.Entry<String, Element> entry = listed.entrySet().stream()
                .filter(known -> base.equals(known.getKey()) || base.startsWith(known.getKey() + "-"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("WildFly's licenses.xml does not list " + jar));
        Element artifact = entry.getValue();
        List<String> names = Xml.elements(artifact, "license").stream()
                .map(license -> Xml.text(license, "name"))
                .toList();
        names.forEach(this::checkText);
        return component(
                jar,
                Xml.text(artifact, "groupId"),
                Xml.text(artifact, "artifactId"),
                Xml.text(artifact, "version"),
                base.substring(entry.getKey().length()).replaceFirst("^-", ""),
                names);
    }

    private static Component component(
            Path jar, String group, String name, String version, String classifier, List<String> licenses)
            throws IOException {
        Component component = new Component();
        component.setType(Component.Type.LIBRARY);
        component.setGroup(group);
        component.setName(name);
        component.setVersion(version);
        TreeMap<String, String> qualifiers = new TreeMap<>(Map.of("type", "jar"));
        if (!classifier.isEmpty()) {
            qualifiers.put("classifier", classifier);
        }
        try {
            component.setPurl(new PackageURL("maven", group, name, version, qualifiers, null));
        } catch (MalformedPackageURLException e) {
            throw new IllegalStateException("Not the name of a package: " + jar, e);
        }
        component.setBomRef(component.getPurl());
        component.setHashes(List.of(new Hash(Hash.Algorithm.SHA_256, Sha256.of(jar))));
        LicenseChoice choice = new LicenseChoice();
        for (String text : licenses) {
            License license = new License();
            license.setName(text);
            choice.addLicense(license);
        }
        component.setLicenses(choice);
        return component;
    }

    /**
     * WildFly calls the file of a text as the licence, in lower case and without quotes and
     * exclamation marks.
     */
    private void checkText(String name) {
        String file = name.toLowerCase(Locale.ROOT).replaceAll("[\"!]", "");
        if (!Files.exists(licenses.resolve(file + ".txt")) && !Files.exists(licenses.resolve(file + ".html"))) {
            throw new IllegalStateException("WildFly has no text of the licence \"" + name + "\" in " + licenses);
        }
    }
}
