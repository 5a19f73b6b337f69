package zipkin.ee.testing.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes the signature of a request again, by "Create a signed AWS API request" of the AWS
 * general reference, and compares it with the one that the request has.
 *
 * @param service as it is named in scopes, such as {@code es}
 */
public record SignatureCheck(String accessKey, String secretKey, String region, String service) {
    private static final Pattern AUTHORIZATION =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request, "
                    + "SignedHeaders=([^,]+), Signature=(\\w{64})");

    /**
     * What is wrong with a request; empty when it is signed as it should be.
     *
     * @param target path and query as they were sent
     * @param headers the value of a header, by its lower-case name; empty for none
     */
    public String problem(String method, URI target, UnaryOperator<String> headers, byte[] body) {
        Matcher authorization = AUTHORIZATION.matcher(headers.apply("authorization"));
        if (!authorization.matches()) {
            return "not signed: " + headers.apply("authorization");
        }
        String date = authorization.group(2);
        String scope = date + "/" + region + "/" + service + "/aws4_request";
        String sentScope = date + "/" + authorization.group(3) + "/" + authorization.group(4) + "/aws4_request";
        if (!authorization.group(1).equals(accessKey) || !sentScope.equals(scope)) {
            return "signed by " + authorization.group(1) + " for " + sentScope;
        }
        List<String> signed = List.of(authorization.group(5).split(";", -1));
        if (!signed.containsAll(List.of("host", "x-amz-date"))) {
            return "signs only " + signed;
        }
        StringBuilder canonical = new StringBuilder(method)
                .append('\n')
                .append(encode(target.getRawPath(), true))
                .append('\n')
                .append(query(target.getRawQuery() == null ? "" : target.getRawQuery()))
                .append('\n');
        for (String name : signed) {
            canonical
                    .append(name)
                    .append(':')
                    .append(headers.apply(name).trim().replaceAll(" +", " "))
                    .append('\n');
        }
        canonical.append('\n').append(String.join(";", signed)).append('\n').append(hex(sha256(body)));
        String toSign = "AWS4-HMAC-SHA256\n" + headers.apply("x-amz-date") + "\n" + scope + "\n"
                + hex(sha256(canonical.toString().getBytes(UTF_8)));
        byte[] key = ("AWS4" + secretKey).getBytes(UTF_8);
        for (String part : List.of(date, region, service, "aws4_request", toSign)) {
            key = hmac(key, part);
        }
        return hex(key).equals(authorization.group(6)) ? "" : "another signature is right for\n" + canonical;
    }

    private static String query(String raw) {
        List<String> pairs = new ArrayList<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] sides = pair.split("=", 2);
                String value = sides.length == 2 ? sides[1] : "";
                pairs.add(encode(URLDecoder.decode(sides[0], UTF_8), false) + "="
                        + encode(URLDecoder.decode(value, UTF_8), false));
            }
        }
        pairs.sort(null);
        return String.join("&", pairs);
    }

    private static String encode(String text, boolean slashes) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(UTF_8)) {
            char letter = (char) (octet & 0xFF);
            boolean plain = letter < 128 && (Character.isLetterOrDigit(letter) || "-._~".indexOf(letter) >= 0);
            if (plain || (slashes && letter == '/')) {
                encoded.append(letter);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", octet & 0xFF));
            }
        }
        return encoded.toString();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Arrays.copyOf(key, key.length), "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
