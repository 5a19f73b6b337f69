package zipkin.ee.distribution;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Folders, zips, WARs and RARs as tests look at them. */
final class Archives {
    private Archives() {}

    /** Unpacks with the permissions that {@code zip} states. */
    static void unpack(Path zip, Path to) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true))) {
            Path root = inside.getPath("/");
            for (String file : files(root)) {
                Path target = to.resolve(file);
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(root.resolve(file), target);
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(root.resolve(file));
                Files.setPosixFilePermissions(target, permissions);
            }
        }
    }

    static void deleteFolder(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The files below {@code folder}, relative to it, in the order of their names. */
    static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(Path file) {
        try {
            return sha256(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Set<String> entries(Path archive) throws IOException {
        Set<String> names = new TreeSet<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            zip.stream().map(ZipEntry::getName).forEach(names::add);
        }
        return names;
    }

    /** The names and SHA-256 sums of the jars in a WAR or RAR. */
    static Map<String, String> jarSums(Path archive) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (Map.Entry<String, byte[]> jar : jars(archive).entrySet()) {
            sums.put(jar.getKey(), sha256(jar.getValue()));
        }
        return sums;
    }

    /** The classes below the package zipkin.ee in a WAR or in the jars of a RAR. */
    static Set<String> ownClasses(Path archive) throws IOException {
        Set<String> classes = new TreeSet<>();
        entries(archive).forEach(name -> addOwnClass(name.replace("WEB-INF/classes/", ""), classes));
        for (byte[] jar : jars(archive).values()) {
            try (ZipInputStream inside = new ZipInputStream(new ByteArrayInputStream(jar))) {
                for (ZipEntry entry = inside.getNextEntry(); entry != null; entry = inside.getNextEntry()) {
                    addOwnClass(entry.getName(), classes);
                }
            }
        }
        return classes;
    }

    private static void addOwnClass(String name, Set<String> classes) {
        if (name.startsWith("zipkin/ee/") && name.endsWith(".class")) {
            classes.add(name);
        }
    }

    private static Map<String, byte[]> jars(Path archive) throws IOException {
        Map<String, byte[]> jars = new TreeMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                if (entry.getName().endsWith(".jar")) {
                    String name = entry.getName();
                    jars.put(
                            name.substring(name.lastIndexOf('/') + 1),
                            zip.getInputStream(entry).readAllBytes());
                }
            }
        }
        return jars;
    }
}
