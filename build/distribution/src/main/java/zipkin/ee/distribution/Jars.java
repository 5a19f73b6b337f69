package zipkin.ee.distribution;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What is read from jars. */
final class Jars {
    private Jars() {}

    static boolean contains(Path jar, String entry) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getEntry(entry) != null;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + jar, e);
        }
    }

    /** The jars in a WAR or RAR: their names without folders, and their SHA-256. */
    static Map<String, String> jarsIn(Path archive) {
        Map<String, String> jars = new TreeMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName();
                if (name.endsWith(".jar")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        jars.put(name.substring(name.lastIndexOf('/') + 1), Sha256.of(in));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + archive, e);
        }
        return jars;
    }

    /** The version that the manifest states. */
    static String version(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes attributes = file.getManifest().getMainAttributes();
            return Stream.of("Bundle-Version", "Implementation-Version", "Specification-Version")
                    .map(attributes::getValue)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No version in the manifest of " + jar));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + jar, e);
        }
    }

    /**
     * Adds to {@code found} those of {@code wanted} that are constants in classes of {@code jar}.
     */
    static void collectClassStrings(Path jar, Set<String> wanted, Set<String> found) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".class")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        collectConstants(new DataInputStream(new BufferedInputStream(in)), wanted, found);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + jar, e);
        }
    }

    /** Reads the constant pool, section 4.4 of the JVM specification. */
    private static void collectConstants(DataInputStream in, Set<String> wanted, Set<String> found) throws IOException {
        in.skipNBytes(8); // magic, versions
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> { // Utf8
                    String text = in.readUTF();
                    if (wanted.contains(text)) {
                        found.add(text);
                    }
                }
                // Class, String, MethodType, Module, Package
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3); // MethodHandle
                // numbers, references, dynamic
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> { // Long and Double take two places
                    in.skipNBytes(8);
                    i++;
                }
                default -> throw new IOException("Unknown tag " + tag + " in a constant pool");
            }
        }
    }
}
