package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.QueryConsistencyException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import java.util.List;
import java.util.Locale;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin.ee.storage.UnusableStorageException;

/**
 * Turns what the driver throws into what the rest of the server knows, with a line for the
 * administrator. Thread safe.
 */
final class DriverErrors {
    /** For anybody. */
    static final String NO_ANSWER = "Cassandra does not answer.";

    private final String place;

    DriverErrors(String place) {
        this.place = place;
    }

    RuntimeException translate(Throwable error) {
        if (error instanceof AllNodesFailedException failed) {
            for (List<Throwable> ofNode : failed.getAllErrors().values()) {
                for (Throwable each : ofNode) {
                    if (each instanceof AuthenticationException
                            || each instanceof UnavailableException
                            || each instanceof QueryConsistencyException) {
                        return translate(each);
                    }
                }
            }
            return down(firstReason(failed), error);
        }
        if (error instanceof QueryConsistencyException few) {
            return few(few.getConsistencyLevel(), error);
        }
        if (error instanceof UnavailableException few) {
            return few(few.getConsistencyLevel(), error);
        }
        if (error instanceof AuthenticationException || error instanceof UnauthorizedException) {
            return refused(error);
        }
        if (error instanceof InvalidQueryException && isTooLarge(describe(error))) {
            return new MalformedSpansException("Cannot store a span: " + error.getMessage(), error);
        }
        return down(describe(error), error);
    }

    private RuntimeException refused(Throwable error) {
        return new UnusableStorageException(
                "Cassandra at " + place + " refuses the user or the password: correct CASSANDRA_USERNAME and"
                        + " CASSANDRA_PASSWORD, or grant the rights. " + describe(error),
                "Cassandra refuses the user or the password: correct CASSANDRA_USERNAME and "
                        + "CASSANDRA_PASSWORD, or grant"
                        + " the rights.",
                error);
    }

    /** Some nodes answer, but fewer than a statement needs. */
    private StorageUnavailableException few(ConsistencyLevel level, Throwable error) {
        return new StorageUnavailableException(
                "Cassandra at " + place + " has too few replicas that answer at consistency " + level + ": "
                        + describe(error) + ". Check the cluster, or lower CASSANDRA_CONSISTENCY.",
                "Too few replicas of Cassandra answer at consistency " + level + ".",
                error);
    }

    private StorageUnavailableException down(String reason, Throwable error) {
        return new StorageUnavailableException(
                "Cassandra at " + place + " does not answer: " + reason
                        + ". Check CASSANDRA_CONTACT_POINTS, CASSANDRA_LOCAL_DC and the cluster.",
                NO_ANSWER,
                error);
    }

    private static boolean isTooLarge(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        return text.contains("too large") || text.contains("longer than maximum") || text.contains("exceeds");
    }

    private static String firstReason(AllNodesFailedException failed) {
        return failed.getAllErrors().entrySet().stream()
                .findFirst()
                .map(entry -> entry.getKey().getEndPoint() + ": "
                        + describe(entry.getValue().get(0)))
                .orElse("no node of the data center is up");
    }

    private static String describe(Throwable error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }
}
