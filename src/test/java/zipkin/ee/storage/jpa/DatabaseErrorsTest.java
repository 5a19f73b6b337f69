package zipkin.ee.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.config.SqlAddress;

class DatabaseErrorsTest {
    private final DatabaseErrors errors = new DatabaseErrors(
            new SqlAddress("db:5432/zipkin", "POSTGRES_USER and POSTGRES_PASS"), "java:/jdbc/zipkin-postgresql");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "28P01 | 0 | The database db:5432/zipkin refuses the user or the password: correct POSTGRES_USER and POSTGRES_PASS. (said so)",
                "28000 | 1045 | The database db:5432/zipkin refuses the user or the password: correct POSTGRES_USER and POSTGRES_PASS. (said so)",
                "3D000 | 0 | The database db:5432/zipkin does not exist: create it, or correct its name. (said so)",
                "42000 | 1049 | The database db:5432/zipkin does not exist: create it, or correct its name. (said so)",
                "90149 | 90149 | The database db:5432/zipkin does not exist: create it, or correct its name. (said so)",
                "42501 | 0 | The user has not the rights it needs in the database db:5432/zipkin: grant them (docs/operating/sql.md). (said so)",
                "42000 | 1044 | The database db:5432/zipkin does not exist, or the user may not use it: create it, correct its name, or grant the rights (docs/operating/sql.md). (said so)",
                "42000 | 1142 | The user has not the rights it needs in the database db:5432/zipkin: grant them (docs/operating/sql.md). (said so)",
                "90096 | 90096 | The user has not the rights it needs in the database db:5432/zipkin: grant them (docs/operating/sql.md). (said so)",
                "90020 | 90020 | The database file db:5432/zipkin is in use by another process: stop it, or set ZIPKIN_DB_FILE. (said so)"
            })
    void explain_whatAnAdministratorHasToMend_saysWhatToDo(String state, int code, String message) {
        RuntimeException explained = errors.explain(nested(new SQLException("said\n so", state, code)));

        assertThat(explained)
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessage(message)
                .hasRootCauseMessage("said\n so");
    }

    @ParameterizedTest
    @CsvSource({"08001,0", "08S01,1927", "57P01,0", "HY000,1205", "90067,90067"})
    void explain_anyOtherError_saysThatTheDatabaseDoesNotAnswer(String state, int code) {
        assertThat(errors.explain(nested(new SQLException("refused", state, code))))
                .isInstanceOf(DatabaseDownException.class)
                .hasMessage("The database db:5432/zipkin does not answer: refused. Is it running?");
    }

    @Test
    void explain_withoutAnAddress_namesTheDataSource() {
        DatabaseErrors unknown = new DatabaseErrors(new SqlAddress(null, null), "java:comp/DefaultDataSource");

        assertThat(unknown.explain(new SQLException("no", "28000", 0)))
                .hasMessage(
                        "The database of the data source java:comp/DefaultDataSource refuses the user or the password:"
                                + " correct those of the data source java:comp/DefaultDataSource. (no)");
        assertThat(unknown.explain(new IllegalStateException()))
                .hasMessage("The database of the data source java:comp/DefaultDataSource does not answer:"
                        + " IllegalStateException. Is it running?");
    }

    @ParameterizedTest
    @CsvSource({
        "23505, 0, true",
        "23000, 1062, true",
        "40001, 1213, true",
        "40P01, 0, true",
        "HY000, 1020, true",
        "HY000, 1205, false",
        "08001, 0, false",
        "28P01, 0, false",
        ", 0, false"
    })
    void isConflict_whatAnotherTransactionCaused_isOne(String state, int code, boolean conflict) {
        assertThat(DatabaseErrors.isConflict(nested(new SQLException("no", state, code))))
                .isEqualTo(conflict);
    }

    @Test
    void isConflict_anErrorOfNoDatabase_isNone() {
        assertThat(DatabaseErrors.isConflict(new IllegalStateException("23505")))
                .isFalse();
    }

    /** As a pool and a persistence provider wrap it. */
    private static PersistenceException nested(SQLException error) {
        return new PersistenceException("Cannot commit", new SQLException("The pool has no connection", error));
    }
}
