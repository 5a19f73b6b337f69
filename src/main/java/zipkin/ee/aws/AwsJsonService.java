package zipkin.ee.aws;

import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;
import zipkin.ee.json.Json;

/**
 * A service that speaks AWS's <a
 * href="https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html">JSON protocol</a>. Thread
 * safe; calls block.
 */
public final class AwsJsonService {
    private static final int MAX_REASON = 1000;

    private final AwsApi api;
    private final Supplier<URI> endpoint;
    private final String name;
    private final Protocol protocol;

    /**
     * How operations are called.
     *
     * @param prefix before an operation's name, such as {@code AmazonSQS}
     * @param version of the protocol: 1.0, 1.1
     */
    public record Protocol(String prefix, String version) {}

    /**
     * @param endpoint asked for with each call, since it may need a region that is not known yet
     * @param name for messages
     */
    public AwsJsonService(AwsApi api, Supplier<URI> endpoint, String name, Protocol protocol) {
        this.api = api;
        this.endpoint = endpoint;
        this.name = name;
        this.protocol = protocol;
    }

    /**
     * Calls an operation.
     *
     * @param fields writes the members of the object that is sent
     * @return the tree of the answer, as {@link Json#tree} makes it
     * @throws AwsException without credentials, region or answer, and when the service refuses
     */
    public Object call(String operation, Json.Writing fields) {
        byte[] question = Json.writeBytes(json -> {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        });
        AwsApi.Answer answer =
                api.call(endpoint.get(), protocol.prefix() + "." + operation, protocol.version(), question);
        Object tree;
        try {
            tree = Json.tree(answer.body());
        } catch (IOException e) {
            if (answer.status() == 200) {
                throw new AwsException(
                        name + " answered " + operation + " with something else than JSON: " + e.getMessage(), e);
            }
            tree = answer.body();
        }
        if (answer.status() != 200) {
            String type = Json.text(tree, "__type");
            throw AwsException.refused(
                    name + " answered " + operation + " with " + answer.status() + ": " + firstLine(answer.body()),
                    type.substring(type.lastIndexOf('#') + 1));
        }
        return tree;
    }

    private static String firstLine(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.substring(0, Math.min(MAX_REASON, line.length()));
    }
}
