package zipkin.ee.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cyclonedx.model.Bom;

/**
 * Fills {@code target/distribution} in two steps, between which Maven zips the server folder.
 *
 * <pre>
 * Distribution image REPOSITORY IMAGE FOLDER
 * Distribution sums FOLDER
 * </pre>
 *
 * <p>The last part of IMAGE is the name of the zip and of the folder in it,
 * {@code zipkin-ee-VERSION}.
 */
final class Distribution {
    private final Path repository;
    private final Path image;
    private final Path folder;

    private Distribution(Path repository, Path image, Path folder) {
        this.repository = repository;
        this.image = image;
        this.folder = folder;
    }

    /** Runs one of the two steps. */
    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "image" ->
                new Distribution(Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3])).make();
            case "sums" -> Sha256.writeSums(Path.of(arguments[1]));
            default -> throw new IllegalArgumentException("Not a step: " + arguments[0]);
        }
    }

    private void make() throws IOException {
        List<Path> rars = Stream.of("kafka", "rabbitmq", "pulsar")
                .map(name -> repository.resolve("connectors/" + name + "/target/zipkin-" + name + ".rar"))
                .toList();
        new ServerImage(repository, image).write(rars);

        Folders.delete(folder);
        Files.createDirectories(folder);
        LicenseTable licenses = new LicenseTable(repository);
        Boms boms = new Boms(licenses);
        List<Path> archives = new ArrayList<>(rars);
        archives.add(repository.resolve("target/zipkin.war"));
        List<Bom> contents = new ArrayList<>();
        for (Path archive : archives) {
            Files.copy(archive, folder.resolve(archive.getFileName()));
            Bom bom = boms.ofArchive(archive);
            write(bom, archive.getFileName().toString());
            contents.add(bom);
        }
        String name = image.getFileName().toString();
        write(boms.ofServer(image, name.replaceFirst("zipkin-ee-", ""), contents), name + ".zip");
        licenses.checkUsed();

        for (Path target : List.of(image, folder)) {
            Files.copy(repository.resolve("LICENSE"), target.resolve("LICENSE"));
            Files.copy(repository.resolve("NOTICE"), target.resolve("NOTICE"));
            Folders.copy(repository.resolve("build/distribution/licenses"), target.resolve("licenses"), file -> true);
        }
        Files.copy(repository.resolve("build/distribution/README.txt"), image.resolve("README.txt"));
    }

    private void write(Bom bom, String archive) throws IOException {
        Boms.write(bom, folder.resolve(archive + ".cdx.json"));
    }
}
