package zipkin.ee.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin.ee.storage.UnusableStorageException;

class DatabaseErrorsTest {
    private final DatabaseErrors errors = new DatabaseErrors(
            new SqlAddress("db:5432/zipkin", "POSTGRES_USER and POSTGRES_PASS"), "java:/jdbc/zipkin-postgresql");

    /** As Narayana has it. */
    @Test
    void explain_aFailedCommit_namesWhatTheDatabaseSays() {
        RuntimeException branch =
                new IllegalStateException(new SQLException("prepared statement \"S_2\" does not exist", "26000"));
        RuntimeException rolledBack = new IllegalStateException("ARJUNA016053: Could not commit transaction.");
        rolledBack.addSuppressed(branch);

        assertThat(errors.explain(new PersistenceException("Cannot commit", rolledBack)))
                .hasMessageContaining("has lost a prepared statement");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "28P01 | 0 | The database db:5432/zipkin refuses the user or the password: correct "
                        + "POSTGRES_USER and POSTGRES_PASS. (said so)",
                "28000 | 1045 | The database db:5432/zipkin refuses the user or the password: correct "
                        + "POSTGRES_USER and POSTGRES_PASS. (said so)",
                "3D000 | 0 | The database db:5432/zipkin does not exist: create it, or correct its name. (said so)",
                "42000 | 1049 | The database db:5432/zipkin does not exist: create it, or correct its name. (said so)",
                "90149 | 90149 | The database db:5432/zipkin does not exist: create it, or correct its name. (said so)",
                "42501 | 0 | The user has not the rights it needs in the database db:5432/zipkin: grant "
                        + "them (docs/operating/sql.md). (said so)",
                "42000 | 1044 | The database db:5432/zipkin does not exist, or the user may not use it: "
                        + "create it, correct its name, or grant the rights (docs/operating/sql.md). (said so)",
                "42000 | 1142 | The user has not the rights it needs in the database db:5432/zipkin: "
                        + "grant them (docs/operating/sql.md). (said so)",
                "90096 | 90096 | The user has not the rights it needs in the database db:5432/zipkin: "
                        + "grant them (docs/operating/sql.md). (said so)",
                "90020 | 90020 | The database file db:5432/zipkin is in use by another process: stop it, "
                        + "or set ZIPKIN_DB_FILE. (said so)"
            })
    void explain_whatAnAdministratorHasToMend_saysWhatToDo(String state, int code, String message) {
        RuntimeException explained = errors.explain(nested(new SQLException("said\n so", state, code)));

        assertThat(explained)
                .isInstanceOf(UnusableStorageException.class)
                .hasMessage(message)
                .hasRootCauseMessage("said\n so");
    }

    @ParameterizedTest
    @CsvSource({"08001,0", "08S01,1927", "57P01,0", "HY000,1205", "90067,90067"})
    void explain_anyOtherError_saysThatTheDatabaseDoesNotAnswer(String state, int code) {
        assertThat(errors.explain(nested(new SQLException("refused", state, code))))
                .isExactlyInstanceOf(StorageUnavailableException.class)
                .hasMessage("The database db:5432/zipkin does not answer: refused. Is it running?");
    }

    @ParameterizedTest
    @CsvSource({"25006,0", "HY000,1290", "25006,1792", "HY000,1836", "HY000,1874", "90097,90097"})
    void explain_aDatabaseThatTakesNoWrites_saysSo(String state, int code) {
        Throwable error = nested(new SQLException("option read-only at db.example", state, code));

        assertThat(DatabaseErrors.isReadOnly(error)).isTrue();
        assertThat(errors.explain(error))
                .isExactlyInstanceOf(StorageUnavailableException.class)
                .hasMessage(
                        "The database db:5432/zipkin takes no writes: option read-only at db.example. Spans are stored"
                                + " again when it does, or when its address leads to a server that does.")
                .extracting(StorageUnavailableException::publicReason)
                .isEqualTo("The database takes no writes.");
    }

    @Test
    void isReadOnly_byTheTextOfAProxy_isOne() {
        assertThat(DatabaseErrors.isReadOnly(
                        new SQLException("cannot execute INSERT in a read-only transaction", (String) null)))
                .isTrue();
        assertThat(DatabaseErrors.isReadOnly(new SQLException("no", "23505"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"26000,0", "42P05,0", "HY000,1243"})
    void explain_aLostPreparedStatement_namesTheSetting(String state, int code) {
        StorageUnavailableException explained =
                errors.explain(nested(new SQLException("prepared statement \"S_1\" does not exist", state, code)));

        assertThat(explained)
                .hasMessage("The database db:5432/zipkin has lost a prepared statement: prepared statement \"S_1\" does"
                        + " not exist. Behind a pooler of transactions such as pgbouncer, set prepareThreshold=0"
                        + " (docs/operating/sql.md).");
        assertThat(explained.publicReason())
                .isEqualTo(
                        "The database has lost a prepared statement. Behind a pooler of transactions such as pgbouncer,"
                                + " set prepareThreshold=0 (docs/operating/sql.md).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "28P01 | 0 | The database refuses the user or the password: correct POSTGRES_USER and POSTGRES_PASS.",
                "3D000 | 0 | The database does not exist: create it, or correct its name.",
                "42501 | 0 | The user has not the rights it needs in the database: grant them (docs/operating/sql.md).",
                "08001 | 0 | The database does not answer. Is it running?",
                "57P01 | 0 | The database does not answer. Is it running?"
            })
    void publicReason_namesNoHostAndNoDatabase(String state, int code, String reason) {
        assertThat(errors.explain(nested(new SQLException("db.example", state, code)))
                        .publicReason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"08006, true", "57P01, true", "57P02, true", "57P03, true", "25006, false", "57014, false"})
    void isConnectionLoss_aServerThatIsGoneOrStops_isOne(String state, boolean lost) {
        assertThat(DatabaseErrors.isConnectionLoss(nested(new SQLException("no", state))))
                .isEqualTo(lost);
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
