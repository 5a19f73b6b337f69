package zipkin.ee.query;

import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, by the rules and with the error texts of the reference. */
final class QueryParameters {
    private final UriInfo uri;

    QueryParameters(UriInfo uri) {
        this.uri = uri;
    }

    /** Returns the first value, which may be empty, or null. */
    @Nullable
    String text(String name) {
        return uri.getQueryParameters().getFirst(name);
    }

    /** Returns the first value, which may be empty. Throws if there is none. */
    String mandatoryText(String name) {
        String text = text(name);
        if (text == null) {
            throw new IllegalArgumentException("Mandatory parameter/header/attribute is missing: " + name);
        }
        return text;
    }

    /** Returns a number, or null if it is absent or empty. */
    @Nullable
    Long number(String name) {
        String text = text(name);
        return text == null || text.isEmpty() ? null : Long.valueOf(text);
    }

    long number(String name, long fallback) {
        Long value = number(name);
        return value == null ? fallback : value;
    }

    /** Returns a number. Throws if it is absent or empty. */
    long mandatoryNumber(String name) {
        return Long.parseLong(notEmpty(name, mandatoryText(name)));
    }

    /** Returns a number of 32 bits. Throws if it is empty. */
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
