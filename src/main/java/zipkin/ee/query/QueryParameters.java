package zipkin.ee.query;

import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one query, read with the reference's rules and texts: the first of repeated
 * ones counts.
 */
final class QueryParameters {
    private final UriInfo uri;

    QueryParameters(UriInfo uri) {
        this.uri = uri;
    }

    /** The value as given, possibly empty, or null when it is absent. */
    @Nullable
    String text(String name) {
        return uri.getQueryParameters().getFirst(name);
    }

    /** A value that has to be there, though it may be empty. */
    String mandatoryText(String name) {
        String text = text(name);
        if (text == null) {
            throw new IllegalArgumentException("Mandatory parameter/header/attribute is missing: " + name);
        }
        return text;
    }

    /** A number, or null when it is absent or empty; NumberFormatException's message otherwise. */
    @Nullable
    Long number(String name) {
        String text = text(name);
        return text == null || text.isEmpty() ? null : Long.valueOf(text);
    }

    long number(String name, long fallback) {
        Long value = number(name);
        return value == null ? fallback : value;
    }

    /** A number that has to be there and may not be empty. */
    long mandatoryNumber(String name) {
        return Long.parseLong(notEmpty(name, mandatoryText(name)));
    }

    /** A number of 32 bits that may be absent but not empty. */
    int smallNumber(String name, int fallback) {
        String text = text(name);
        return text == null ? fallback : Integer.parseInt(notEmpty(name, text));
    }

    private static String notEmpty(String name, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("Cannot set null to primitive type parameter: " + name);
        }
        return text;
    }
}
