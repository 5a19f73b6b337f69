package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Parses a message that zipkin2 has refused. Each byte is a character to the parser, so that
 * offsets count bytes, and malformed UTF-8 is accepted, as by zipkin2.
 */
final class JsonFaultParser {
    /** Characters of the longest number that zipkin2 reads. */
    private static final int MAX_NUMBER = 1024;

    private static final int MAX_DEPTH = 256;

    /** Has no table of field names, because clients choose them. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final byte[] body;
    private final JsonParser parser;

    JsonFaultParser(byte[] body) throws IOException {
        this.body = body;
        this.parser = FACTORY.createParser(new InputStreamReader(new ByteArrayInputStream(body), ISO_8859_1));
    }

    /** A value violates a rule. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String problem;
        private final @Nullable String value;

        Broken(String problem, @Nullable String value) {
            super(problem, null, false, false);
            this.problem = problem;
            this.value = value;
        }

        String problem() {
            return problem;
        }

        @Nullable
        String value() {
            return value;
        }
    }

    /** @throws Broken at the end of the message */
    JsonToken next() throws IOException {
        @Nullable JsonToken token = parser.nextToken();
        if (token == null) {
            throw new Broken("is cut off: the message ends there", null);
        }
        return token;
    }

    /** Returns the name of the next member. */
    String name() throws IOException {
        return decoded(parser.currentName());
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    void require(JsonToken token, String problem) {
        if (parser.currentToken() != token) {
            throw broken(problem, true);
        }
    }

    /** Returns a string, or a number as text. */
    String text() throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            throw broken("is not text", true);
        }
        return decoded(parser.getText());
    }

    void bool() {
        if (!parser.currentToken().isBoolean()) {
            throw broken("is not true or false", true);
        }
    }

    void wholeNumber() throws IOException {
        double number = number();
        if ((long) number != number) {
            throw broken("is not a whole number", true);
        }
    }

    int smallNumber() throws IOException {
        double number = number();
        if ((int) number != number) {
            throw broken("is not a whole number of 32 bits", true);
        }
        return (int) number;
    }

    /** Returns a number, which may be in quotes. */
    private double number() throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            throw broken("is not a number", true);
        }
        try {
            return Double.parseDouble(parser.getText());
        } catch (NumberFormatException e) {
            throw broken("is not a number", true);
        }
    }

    /** @param shown whether the error shows the current value */
    Broken broken(String problem, boolean shown) {
        return new Broken(problem, shown ? value() : null);
    }

    private String value() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "{…}";
            case START_ARRAY -> "[…]";
            default -> excerpt((int) parser.currentTokenLocation().getCharOffset());
        };
    }

    /** Returns the value or the bytes at an index, shortened. */
    String excerpt(int from) {
        int end = Math.min(body.length, from + 4 * Fault.MAX_VALUE);
        if (from < end && body[from] == '"') {
            end = Math.min(end, JsonText.endOfString(body, from + 1) + 1);
        } else {
            int at = from;
            while (at < end && body[at] != ',' && body[at] != '}' && body[at] != ']' && body[at] > ' ') {
                at++;
            }
            end = at == from ? Math.min(end, from + Fault.MAX_VALUE) : at;
        }
        return new String(body, from, Math.max(0, end - from), UTF_8);
    }

    /** Returns the index of a syntax error. */
    int offset(JsonProcessingException e) {
        @Nullable JsonLocation location = e.getLocation();
        long offset = (location != null ? location : parser.currentLocation()).getCharOffset();
        return (int) Math.min(body.length, Math.max(0, offset));
    }

    /** Returns the path of the current field in its span, or null. */
    @Nullable
    String path() {
        StringBuilder path = new StringBuilder();
        @Nullable JsonStreamContext context = parser.getParsingContext();
        for (; context != null && context.getParent() != null; context = context.getParent()) {
            boolean isList = context.inArray() && context.getParent().inRoot();
            String separator = path.length() > 0 && path.charAt(0) != '[' ? "." : "";
            if (context.inArray() && !isList && context.hasCurrentIndex()) {
                path.insert(0, "[" + context.getCurrentIndex() + "]" + separator);
            } else if (context.inObject() && context.hasCurrentName()) {
                path.insert(0, Fault.shown(decoded(context.getCurrentName())) + separator);
            }
        }
        return path.length() == 0 ? null : path.toString();
    }

    private static String decoded(String characters) {
        return new String(characters.getBytes(ISO_8859_1), UTF_8);
    }
}
