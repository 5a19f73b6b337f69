package zipkin.ee.testing.broker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.ProjectFiles;

/** Where RabbitMQ comes from. */
interface RabbitPrograms {
    String URI = "ZIPKIN_TEST_RABBIT_URI";

    /** Makes a node with its own data, not started yet. */
    RabbitNode node(List<String> configuration);

    /**
     * The first of the places that has it; without any, fails in one line that says how to get it.
     */
    static RabbitPrograms find() {
        Optional<String> uri = Optional.ofNullable(System.getProperty(URI))
                .or(() -> Optional.ofNullable(System.getenv(URI)))
                .filter(text -> !text.isBlank());
        if (uri.isPresent()) {
            return configuration -> new GivenRabbitNode(uri.get(), configuration);
        }
        return installed()
                .or(Search::docker)
                .or(Search::debian)
                .orElseThrow(() -> new IllegalStateException("RabbitMQ is missing. Get it by:"
                        + " apt-get install --no-install-recommends rabbitmq-server, or start Docker, or set " + URI
                        + "=amqp://user:password@host:5672"));
    }

    private static Optional<RabbitPrograms> installed() {
        // Debian's script on the PATH changes to the user rabbitmq, who can't write the test's
        // data; the one behind it does not.
        return Stream.concat(
                        Stream.of("/usr/lib/rabbitmq/bin"),
                        Stream.concat(
                                Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin")))
                .map(folder -> Path.of(folder, "rabbitmq-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> configuration -> new LocalRabbitNode(program, configuration));
    }

    /** The places that take a while. */
    final class Search {
        private static final Duration DOCKER_LIMIT = Duration.ofSeconds(20);
        private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

        /**
         * The package starts a broker for the whole machine unless the machine's policy says no.
         */
        private static final String INSTALL = """
                policy=/usr/sbin/policy-rc.d
                if [ ! -e $policy ]; then
                  trap 'rm -f $policy' EXIT
                  printf '#!/bin/sh\\nexit 101\\n' > $policy
                  chmod +x $policy
                fi
                export DEBIAN_FRONTEND=noninteractive
                install='apt-get install -y --no-install-recommends rabbitmq-server'
                $install || { apt-get update && $install; }
                """;

        private Search() {}

        static Optional<RabbitPrograms> docker() {
            return succeeds(List.of("docker", "info"), DOCKER_LIMIT)
                    ? Optional.of(DockerRabbitNode::new)
                    : Optional.empty();
        }

        static Optional<RabbitPrograms> debian() {
            boolean possible =
                    "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/apt-get"));
            if (possible) {
                Programs.run(ProjectFiles.newFolder("rabbitmq"), INSTALL_LIMIT, List.of("sh", "-c", INSTALL));
            }
            return installed();
        }

        private static boolean succeeds(List<String> command, Duration limit) {
            try {
                Process process = new ProcessBuilder(command)
                        .directory(ProjectFiles.newFolder("docker").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    return process.exitValue() == 0;
                }
                process.destroyForcibly();
                return false;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
