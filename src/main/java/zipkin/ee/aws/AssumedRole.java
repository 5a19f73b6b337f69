package zipkin.ee.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.utils.SdkAutoCloseable;
import software.amazon.awssdk.utils.cache.CachedSupplier;
import software.amazon.awssdk.utils.cache.RefreshResult;

/**
 * The credentials of a role, by <a
 * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>,
 * renewed some minutes before they end by whoever asks then. Thread safe.
 */
final class AssumedRole implements AwsCredentialsProvider, SdkAutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final Duration LATEST = Duration.ofMinutes(1);

    private final RequestSigner signer;
    private final AwsApi api;
    private final String roleArn;
    private final @Nullable URI endpoint;
    private final CachedSupplier<AwsCredentials> credentials;

    /**
     * @param signer of requests to STS
     * @param endpoint null for where AWS's table says
     */
    AssumedRole(RequestSigner signer, String roleArn, @Nullable URI endpoint) {
        this.signer = signer;
        this.api = new AwsApi(signer, TIMEOUT);
        this.roleArn = roleArn;
        this.endpoint = endpoint;
        this.credentials = CachedSupplier.builder(this::assume).build();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return credentials.get();
    }

    private RefreshResult<AwsCredentials> assume() {
        URI base = endpoint == null ? api.endpoint("sts") : endpoint;
        AwsApi.Answer answer =
                api.get(base.resolve("/?Action=AssumeRole&Version=2011-06-15&RoleSessionName=zipkin&RoleArn="
                        + URLEncoder.encode(roleArn, UTF_8)));
        try {
            Map<String, String> elements = elements(answer.body());
            if (answer.status() != 200) {
                throw new AwsException(
                        "The role " + roleArn + " is not given: " + answer.status() + " "
                                + elements.getOrDefault("Code", "") + " " + elements.getOrDefault("Message", ""),
                        null);
            }
            Instant expiration = Instant.parse(required(elements, "Expiration"));
            return RefreshResult.<AwsCredentials>builder(AwsSessionCredentials.create(
                            required(elements, "AccessKeyId"),
                            required(elements, "SecretAccessKey"),
                            required(elements, "SessionToken")))
                    .prefetchTime(expiration.minus(EARLY))
                    .staleTime(expiration.minus(LATEST))
                    .build();
        } catch (XMLStreamException | DateTimeException e) {
            throw new AwsException(base.getHost() + " answered something else than STS's XML", e);
        }
    }

    private static String required(Map<String, String> elements, String name) {
        String text = elements.get(name);
        if (text == null) {
            throw new AwsException("STS answered without " + name, null);
        }
        return text;
    }

    /** Texts by the names of their elements; the last of each. */
    private static Map<String, String> elements(String xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
        Map<String, String> texts = new HashMap<>();
        String name = "";
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamReader.START_ELEMENT) {
                name = reader.getLocalName();
            } else if (event == XMLStreamReader.CHARACTERS && !reader.isWhiteSpace()) {
                texts.put(name, reader.getText().strip());
            }
        }
        return texts;
    }

    @Override
    public void close() {
        credentials.close();
        api.close();
        signer.close();
    }
}
