package zipkin.ee.storage.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.http.client.Http;
import zipkin.ee.json.Json;

/**
 * Access tokens for Google's APIs, renewed a minute before they expire. They come from the token
 * endpoint, for the signed assertion of a service account (<a
 * href="https://www.rfc-editor.org/rfc/rfc7523">RFC 7523</a>) or a user's refresh token, or from
 * the metadata server of Google's machines. Thread safe; may block for a token.
 */
final class GoogleToken {
    private static final String SCOPE = "https://www.googleapis.com/auth/trace.append";
    private static final String TOKEN_URI = "https://oauth2.googleapis.com/token";
    private static final String METADATA_PATH = "/computeMetadata/v1/instance/service-accounts/default/token";
    private static final long LIFE_SECONDS = 3600;
    private static final long RESERVE_SECONDS = 60;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Map<String, String> FORM = Map.of("Content-Type", "application/x-www-form-urlencoded");

    private final StackdriverSettings settings;
    private @Nullable String token;
    private long endSeconds;

    GoogleToken(StackdriverSettings settings) {
        this.settings = settings;
    }

    /**
     * A token that is valid for a minute at least.
     *
     * @throws IOException without a token; the message says what to check
     */
    synchronized String get() throws IOException {
        long nowSeconds = System.currentTimeMillis() / 1000;
        String known = token;
        if (known != null && nowSeconds < endSeconds - RESERVE_SECONDS) {
            return known;
        }
        Map<String, String> fields = fields(ask(nowSeconds));
        String fresh = fields.get("access_token");
        if (fresh == null) {
            throw new IOException("Google's answer has no access_token");
        }
        token = fresh;
        endSeconds = nowSeconds + Long.parseLong(fields.getOrDefault("expires_in", "0"));
        return fresh;
    }

    /** Drops the token, which a service has refused. */
    synchronized void forget() {
        token = null;
    }

    private String ask(long nowSeconds) throws IOException {
        if (settings.credentialsFile().isEmpty()) {
            URI uri = URI.create("http://" + settings.metadataHost() + METADATA_PATH);
            return requireOk(uri, Http.send("GET", uri, Map.of("Metadata-Flavor", "Google"), null, TIMEOUT));
        }
        Map<String, String> key = fields(Files.readString(Path.of(settings.credentialsFile())));
        URI uri = URI.create(key.getOrDefault("token_uri", TOKEN_URI));
        String form =
                switch (key.getOrDefault("type", "")) {
                    case "service_account" ->
                        "grant_type=" + escaped("urn:ietf:params:oauth:grant-type:jwt-bearer") + "&assertion="
                                + escaped(assertion(key, uri, nowSeconds));
                    case "authorized_user" ->
                        "grant_type=refresh_token&client_id=" + escaped(required(key, "client_id")) + "&client_secret="
                                + escaped(required(key, "client_secret")) + "&refresh_token="
                                + escaped(required(key, "refresh_token"));
                    default ->
                        throw new IOException("GOOGLE_APPLICATION_CREDENTIALS has the type " + key.get("type")
                                + ", not service_account or authorized_user");
                };
        return requireOk(uri, Http.send("POST", uri, FORM, form.getBytes(UTF_8), TIMEOUT));
    }

    private static String requireOk(URI uri, Http.Answer answer) throws IOException {
        if (answer.status() != 200) {
            throw new IOException(uri.getHost() + " refuses a token: " + answer.status() + " " + answer.reason());
        }
        return answer.body();
    }

    private static String assertion(Map<String, String> key, URI audience, long nowSeconds) throws IOException {
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
        String claims = "{\"iss\":\"" + required(key, "client_email") + "\",\"scope\":\"" + SCOPE + "\",\"aud\":\""
                + audience + "\",\"iat\":" + nowSeconds + ",\"exp\":" + (nowSeconds + LIFE_SECONDS) + "}";
        String signed = base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey(required(key, "private_key")));
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("GOOGLE_APPLICATION_CREDENTIALS has no usable private_key", e);
        }
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static String required(Map<String, String> key, String field) throws IOException {
        String value = key.get(field);
        if (value == null) {
            throw new IOException("GOOGLE_APPLICATION_CREDENTIALS has no " + field);
        }
        return value;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** The members of an object, as texts. */
    private static Map<String, String> fields(String json) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        Json.object(Json.tree(json)).forEach((name, value) -> {
            if (value != null) {
                fields.put(name, value.toString());
            }
        });
        return fields;
    }
}
