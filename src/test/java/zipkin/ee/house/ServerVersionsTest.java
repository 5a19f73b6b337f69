package zipkin.ee.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.ProjectFiles;
import zipkin.ee.testing.TestServers;

/** Versions that the build and another file both name are the same ones. */
class ServerVersionsTest {
    @Test
    void untouchedWildFly_isOfTheVersionThatTheBuildConfigures() throws IOException {
        assertThat(ofServer("wildfly-untouched", "wildfly-dist"))
                .isEqualTo(property("wildfly.version", ProjectFiles.of("pom.xml")));
    }

    @Test
    void payara6_andPayaraMicro_areOfTheVersionThatTheBuildConfigures() throws IOException {
        String configured = property("payara.version", ProjectFiles.of("build", "payara", "pom.xml"));
        assertThat(ofServer("payara6", "payara")).isEqualTo(configured);
        assertThat(ofServer("payara-micro", "payara-micro")).isEqualTo(configured);
    }

    @Test
    void modulesOfDrivers_nameTheJarsThatTheBuildFetches() throws IOException {
        Path parent = ProjectFiles.of("build", "pom.xml");
        assertThat(jarOfModule("postgresql"))
                .isEqualTo("postgresql-" + property("postgresql.version", parent) + ".jar");
        assertThat(jarOfModule("mariadb"))
                .isEqualTo("mariadb-java-client-" + property("mariadb.version", parent) + ".jar");
    }

    private static String jarOfModule(String database) throws IOException {
        Path module = ProjectFiles.of("server-config", "wildfly", "modules", "zipkin", "jdbc", database, "main");
        return find(module.resolve("module.xml"), "<resource-root path=\"([^\"]+)\"");
    }

    private static String property(String name, Path pom) throws IOException {
        return find(pom, "<" + name + ">([^<]+)<");
    }

    private static String ofServer(String name, String artifact) throws IOException {
        return find(
                TestServers.source(name, "pom.xml"),
                "<dependency>\\s*<groupId>[^<]+</groupId>\\s*<artifactId>" + artifact
                        + "</artifactId>\\s*<version>([^<]+)<");
    }

    private static String find(Path pom, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(pom));
        assertThat(matcher.find()).as("%s in %s", pattern, pom).isTrue();
        return matcher.group(1);
    }
}
