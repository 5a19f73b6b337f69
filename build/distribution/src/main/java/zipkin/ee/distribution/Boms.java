package zipkin.ee.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.parsers.JsonParser;

/**
 * Bills of materials in CycloneDX JSON. Those of the WAR and of the RARs come from CycloneDX's
 * Maven plugin, which describes the project; here they are reduced to what is inside the archive.
 */
final class Boms {
    /** Unpacked into the WAR, so no jar of it is there. */
    private static final String UNPACKED = "zipkin-lens";

    private final LicenseTable licenses;

    Boms(LicenseTable licenses) {
        this.licenses = licenses;
    }

    /** Reads the plugin's {@code ARCHIVE.cdx.json}, beside the archive. */
    Bom ofArchive(Path archive) {
        Bom bom = read(archive.resolveSibling(archive.getFileName() + ".cdx.json"));
        // The library adds the present time when the field is missing.
        bom.getMetadata().setTimestamp(null);
        Component project = bom.getMetadata().getComponent();
        Map<String, String> jars = Jars.jarsIn(archive);
        jars.remove(project.getName() + ".jar");
        jars.remove(jarOf(project));
        bom.getComponents()
                .removeIf(component -> !component.getName().equals(UNPACKED) && !jars.containsKey(jarOf(component)));
        for (Component component : bom.getComponents()) {
            // Some jars are reduced, so the plugin's sums, which are those of the repository, are
            // not theirs.
            String sum = jars.remove(jarOf(component));
            component.setHashes(sum == null ? List.of() : List.of(new Hash(Hash.Algorithm.SHA_256, sum)));
        }
        if (!jars.isEmpty()) {
            throw new IllegalStateException("The bill of materials of " + archive + " lacks " + jars.keySet());
        }
        bom.getComponents().forEach(licenses::apply);
        checkTexts(archive, bom);
        keepDependencies(bom);
        return bom;
    }

    /** The text of each licence is in the archive. */
    private static void checkTexts(Path archive, Bom bom) {
        for (String text : LicenseTable.texts(bom.getComponents())) {
            if (!Jars.contains(archive, "META-INF/" + text)) {
                throw new IllegalStateException(archive + " lacks META-INF/" + text);
            }
        }
    }

    private static String jarOf(Component component) {
        return component.getName() + "-" + component.getVersion() + ".jar";
    }

    private static void keepDependencies(Bom bom) {
        Set<String> kept =
                bom.getComponents().stream().map(Component::getBomRef).collect(Collectors.toSet());
        kept.add(bom.getMetadata().getComponent().getBomRef());
        bom.setDependencies(bom.getDependencies().stream()
                .filter(dependency -> kept.contains(dependency.getRef()))
                .map(dependency -> reduced(dependency, kept))
                .toList());
    }

    private static Dependency reduced(Dependency dependency, Set<String> kept) {
        Dependency reduced = new Dependency(dependency.getRef());
        List<Dependency> below = dependency.getDependencies();
        (below == null ? List.<Dependency>of() : below)
                .stream().filter(other -> kept.contains(other.getRef())).forEach(reduced::addDependency);
        return reduced;
    }

    /**
     * The bill of the zip: the server's jars, and all that is in the archives that it holds.
     *
     * @param archives bills of the WAR and the RARs
     */
    Bom ofServer(Path image, String version, List<Bom> archives) throws IOException {
        Map<String, Component> components = new TreeMap<>();
        for (Bom archive : archives) {
            Component described = archive.getMetadata().getComponent();
            components.put(described.getBomRef(), described);
            archive.getComponents().forEach(component -> components.put(component.getBomRef(), component));
        }
        WildFlyArtifacts artifacts = new WildFlyArtifacts(image);
        List<Path> jars = Folders.files(image.resolve("modules"));
        jars.add(image.resolve("jboss-modules.jar"));
        for (Path jar : jars) {
            if (jar.toString().endsWith(".jar")) {
                Component component = artifacts.component(jar);
                licenses.apply(component);
                components.putIfAbsent(component.getBomRef(), component);
            }
        }
        Component server = new Component();
        server.setType(Component.Type.APPLICATION);
        server.setGroup("io.github.zipkin-ee");
        server.setName("zipkin-ee-server");
        server.setVersion(version);
        server.setBomRef("pkg:generic/zipkin-ee-server@" + version);
        Metadata metadata = new Metadata();
        metadata.setTimestamp(null);
        metadata.setComponent(server);
        Bom bom = new Bom();
        bom.setMetadata(metadata);
        bom.setComponents(new ArrayList<>(components.values()));
        String content = String.join("\n", components.keySet());
        bom.setSerialNumber("urn:uuid:" + UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)));
        return bom;
    }

    static void write(Bom bom, Path file) throws IOException {
        try {
            Files.writeString(
                    file,
                    BomGeneratorFactory.createJson(Version.VERSION_16, bom).toJsonString() + "\n");
        } catch (GeneratorException e) {
            throw new IllegalStateException("Cannot write " + file, e);
        }
    }

    private static Bom read(Path file) {
        try {
            return new JsonParser().parse(file.toFile());
        } catch (ParseException e) {
            throw new IllegalStateException("Cannot read " + file, e);
        }
    }
}
