package zipkin.ee.codec.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A position in JSON, field by field, with the leniency that protobuf's JSON mapping and the
 * OpenTelemetry Collector have: names in snake case too, numbers in strings too, and null as if the
 * field were absent. Used by one thread.
 */
final class JsonFields {
    /** A level of a map in an attribute has four levels of JSON; a span is within ten. */
    static final int MAX_DEPTH = 4 * OtlpLimits.MAX_DEPTH + 80;

    private static final int MAX_NUMBER = 1024;

    /** Of 2^64. */
    private static final int MAX_DIGITS = 20;

    private static final BigInteger MAX_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final BigInteger MIN_SIGNED = BigInteger.valueOf(Long.MIN_VALUE);
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?");

    /** Nanoseconds of our days, and most of what else fits into a long. */
    private static final Pattern USUAL_LONG = Pattern.compile("[0-8]?[0-9]{1,18}");

    private static final Pattern LONE_SURROGATE =
            Pattern.compile("[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]");

    /** Has no table of field names, because clients choose them. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;

    /** Invalid UTF-8 becomes U+FFFD. */
    JsonFields(byte[] body) throws IOException {
        String text = new String(body, UTF_8);
        this.parser = FACTORY.createParser(new StringReader(text.startsWith("\ufeff") ? text.substring(1) : text));
    }

    /** The offset of the current value, in characters. */
    long position() {
        return parser.currentTokenLocation().getCharOffset();
    }

    /** Moves to the first token. */
    void begin() throws IOException {
        parser.nextToken();
    }

    void expectEnd() throws IOException {
        if (parser.nextToken() != null) {
            throw OtlpProblem.malformed("something follows the message");
        }
    }

    void beginObject() {
        expect(JsonToken.START_OBJECT, "an object");
    }

    /**
     * Moves to the value of the next field that is not null. Returns its name in camel case, or
     * null at the end of the object.
     */
    @Nullable
    String nextField() throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                return name.indexOf('_') < 0 ? name : camelCase(name);
            }
        }
        return null;
    }

    void beginArray() {
        expect(JsonToken.START_ARRAY, "an array");
    }

    /** Moves to the next element; false at the end of the array. */
    boolean nextElement() throws IOException {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    /** Surrogates without their other half become U+FFFD, as invalid UTF-8 does. */
    String text() throws IOException {
        expect(JsonToken.VALUE_STRING, "a string");
        String text = parser.getText();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return LONE_SURROGATE.matcher(text).replaceAll("\ufffd");
            }
        }
        return text;
    }

    boolean bool() {
        if (parser.currentToken() != JsonToken.VALUE_TRUE) {
            expect(JsonToken.VALUE_FALSE, "true or false");
        }
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    OtlpId id() throws IOException {
        expect(JsonToken.VALUE_STRING, "a string");
        return OtlpId.ofHex(parser.getText());
    }

    long int64() throws IOException {
        return wholeNumber(MIN_SIGNED, BigInteger.valueOf(Long.MAX_VALUE));
    }

    /** A fixed64 or uint64, in the bits of a long. */
    long uint64() throws IOException {
        return wholeNumber(BigInteger.ZERO, MAX_UNSIGNED);
    }

    long uint32() throws IOException {
        return wholeNumber(BigInteger.ZERO, BigInteger.valueOf(0xffff_ffffL));
    }

    /** Reads a number of an enum, or its name, of which it returns the place in {@code names}. */
    int enumValue(String... names) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            String text = parser.getText();
            for (int i = 0; i < names.length; i++) {
                if (names[i].equals(text)) {
                    return i;
                }
            }
            if (!NUMBER.matcher(text).matches()) {
                return 0;
            }
        }
        return (int) wholeNumber(BigInteger.valueOf(Integer.MIN_VALUE), BigInteger.valueOf(Integer.MAX_VALUE));
    }

    double decimal() throws IOException {
        String text = numberText();
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(expectNumber(text));
        };
    }

    /** Base64 or its URL-safe form, with or without padding. */
    byte[] bytes() throws IOException {
        expect(JsonToken.VALUE_STRING, "a string");
        String text = parser.getText().replace('-', '+').replace('_', '/');
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw OtlpProblem.malformed("not valid Base64");
        }
    }

    private long wholeNumber(BigInteger min, BigInteger max) throws IOException {
        String text = numberText();
        if (max.bitLength() >= Long.SIZE - 1 && USUAL_LONG.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        // An exponent of nine digits would become a number of a billion digits.
        BigDecimal number = new BigDecimal(expectNumber(text)).stripTrailingZeros();
        if (number.scale() > 0) {
            throw OtlpProblem.malformed("a number is not whole");
        }
        if (number.precision() - (long) number.scale() <= MAX_DIGITS) {
            BigInteger whole = number.toBigIntegerExact();
            if (whole.compareTo(min) >= 0 && whole.compareTo(max) <= 0) {
                return whole.longValue();
            }
        }
        throw OtlpProblem.malformed("a number is not between " + min + " and " + max);
    }

    private String numberText() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING && parser.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
            expect(JsonToken.VALUE_NUMBER_INT, "a number");
        }
        return parser.getText();
    }

    private static String expectNumber(String text) {
        if (text.length() > MAX_NUMBER || !NUMBER.matcher(text).matches()) {
            throw OtlpProblem.malformed("not a number");
        }
        return text;
    }

    private void expect(JsonToken wanted, String what) {
        if (parser.currentToken() != wanted) {
            throw OtlpProblem.malformed("expected " + what);
        }
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            boolean isWordStart = name.charAt(i) == '_' && i + 1 < name.length();
            camel.append(isWordStart ? Character.toUpperCase(name.charAt(++i)) : name.charAt(i));
        }
        return camel.toString();
    }
}
