package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A domain of a test's own.
 *
 * @param domains holds the domain, a folder of that name and 1
 * @param httpPort as written in its configuration; of no meaning once a script has made it an
 *     expression
 * @param adminPort of the command line interface
 * @param brokerPort of its JMS broker, for clients
 */
public record PayaraDomain(PayaraHome home, Path domains, int httpPort, int adminPort, int brokerPort) {
    private static final Pattern ADMIN =
            Pattern.compile("<network-listener(?=[^>]*name=\"admin-listener\")[^>]*port=\"(\\d+)\"");
    private static final Pattern BROKER =
            Pattern.compile("<system-property(?=[^>]*name=\"JMS_PROVIDER_PORT\")[^>]*value=\"(\\d+)\"");

    Path folder() {
        return domains.resolve("domain1");
    }

    /** Replaces the trust store of the domain, which does not run yet. */
    void trust(Path trustStore) {
        try {
            Files.copy(
                    trustStore, folder().resolve("config").resolve("cacerts.p12"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code asadmin} prints on the running domain; fails when it fails. */
    public String asadmin(String... arguments) {
        return home.asadmin(adminPort, List.of(arguments));
    }

    /** What a script of server-config/payara prints on the running domain; fails when it fails. */
    public String script(String name, String... arguments) {
        return home.script(this, name, List.of(arguments));
    }

    /** domain.xml, as the server has written it down. */
    public String configuration() {
        return read(folder());
    }

    /** The command that is the server, with its log on the console. */
    List<String> command() {
        String dump =
                home.asadmin(0, List.of("start-domain", "--dry-run", "--domaindir", domains.toString(), "domain1"));
        List<String> command = new ArrayList<>();
        String before = "";
        for (String line : dump.lines().skip(1).toList()) {
            if (line.isEmpty() || line.startsWith("Command ")) {
                break;
            }
            command.add(before.equals("-verbose") ? "true" : line);
            before = line;
        }
        command.add(1, ServerProcess.QUICK_START); // after java
        return command;
    }

    static int adminPort(Path domain) {
        return port(domain, ADMIN);
    }

    static int brokerPort(Path domain) {
        return port(domain, BROKER);
    }

    private static int port(Path domain, Pattern pattern) {
        Matcher matcher = pattern.matcher(read(domain));
        if (!matcher.find()) {
            throw new IllegalStateException("No port by " + pattern + " in domain.xml of " + domain);
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static String read(Path domain) {
        try {
            return Files.readString(domain.resolve("config").resolve("domain.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
