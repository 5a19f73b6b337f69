package zipkin.ee.testing.sql;

import java.nio.file.Path;
import zipkin.ee.testing.TestServers;

/** The PostgreSQLs that tests run on: the oldest that is supported, and a new one. */
public enum PostgresVersion {
    V14("postgresql-14"),
    V18("postgresql-18");

    private final String program;

    PostgresVersion(String program) {
        this.program = program;
    }

    /** Its name among {@link TestServers}. */
    String program() {
        return program;
    }

    /** The folder with {@code initdb} and {@code postgres}. */
    Path programs() {
        return TestServers.home(program).resolve("bin");
    }
}
