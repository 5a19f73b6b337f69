package zipkin.ee.browser;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** What the browser's window shows, as PNG. */
final class Picture {
    private static final Path FOLDER = Path.of("target", "screenshots");
    private static final Path DOCUMENTATION = Path.of("docs", "images");
    private static final int WHITE = 0xFFFFFF;

    private final byte[] png;

    Picture(byte[] png) {
        this.png = png;
    }

    /**
     * Keeps it as target/screenshots/{name}.png and, when system property
     * {@code zipkin.screenshots.update} is true, as docs/images/lens-{name}.png too.
     */
    void keep(String name) {
        write(FOLDER.resolve(name + ".png"));
        if (Boolean.getBoolean("zipkin.screenshots.update")) {
            write(DOCUMENTATION.resolve("lens-" + name + ".png"));
        }
    }

    /** How many pixels from line {@code top} downwards are not white. */
    long inkBelow(int top) {
        BufferedImage image = image();
        long ink = 0;
        for (int y = top; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & WHITE) != WHITE) {
                    ink++;
                }
            }
        }
        return ink;
    }

    private BufferedImage image() {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Picture picture && Arrays.equals(png, picture.png);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(png);
    }

    @Override
    public String toString() {
        return "a picture of " + png.length + " bytes";
    }
}
