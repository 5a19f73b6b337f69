package zipkin.ee.testing.broker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import zipkin.ee.testing.Programs;

/**
 * A key with a certificate that it signed itself, as a broker wants them and as a JVM trusts them.
 *
 * @param trustStore PKCS 12 with the certificate
 */
public record TlsFiles(Path certificate, Path key, Path trustStore, String trustStorePassword) {
    private static final String PASSWORD = "changeit";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** For {@code localhost}, not for any address. */
    public static TlsFiles make(Path folder) throws IOException, GeneralSecurityException {
        Path keys = folder.resolve("keys.p12");
        keytool(
                folder,
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD);
        Path certificate = folder.resolve("certificate.pem");
        keytool(
                folder,
                "-exportcert",
                "-rfc",
                "-alias",
                "broker",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                certificate.toString());
        Path trustStore = folder.resolve("trust.p12");
        keytool(
                folder,
                "-importcert",
                "-noprompt",
                "-alias",
                "broker",
                "-file",
                certificate.toString(),
                "-storetype",
                "PKCS12",
                "-keystore",
                trustStore.toString(),
                "-storepass",
                PASSWORD);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] encoded = store.getKey("broker", PASSWORD.toCharArray()).getEncoded();
        Path key = Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(encoded)
                        + "\n-----END PRIVATE KEY-----\n");
        return new TlsFiles(certificate, key, trustStore, PASSWORD);
    }

    /** What makes a RabbitMQ listen with this certificate, for {@link RabbitServer#start(List)}. */
    public List<String> rabbitConfiguration() {
        return List.of(
                "listeners.ssl.default = " + RabbitNode.AMQPS,
                "ssl_options.certfile = " + certificate,
                "ssl_options.keyfile = " + key,
                "ssl_options.cacertfile = " + certificate,
                "ssl_options.verify = verify_none",
                "ssl_options.fail_if_no_peer_cert = false");
    }

    private static void keytool(Path folder, String... arguments) {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Programs.run(folder, LIMIT, command);
    }
}
