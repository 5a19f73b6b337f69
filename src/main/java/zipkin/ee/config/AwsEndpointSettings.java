package zipkin.ee.config;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where services of AWS are, by the names that AWS's own tools read; null for where AWS's table of
 * regions says.
 *
 * @param kinesis the streams
 * @param dynamoDb the leases of a stream's shards
 * @param sts where roles are asked for
 */
public record AwsEndpointSettings(
        @Nullable URI kinesis,
        @Nullable URI dynamoDb,
        @Nullable URI sts) {
    private static final Setting<String> KINESIS = endpoint("KINESIS", "Kinesis");
    private static final Setting<String> DYNAMODB = endpoint("DYNAMODB", "DynamoDB");
    private static final Setting<String> STS = endpoint("STS", "STS");

    private static Setting<String> endpoint(String name, String service) {
        return Setting.text(
                "AWS_ENDPOINT_URL_" + name,
                "",
                "URL of " + service + ", for a private endpoint or a stand-in. Not set: AWS's own for the region.");
    }

    static List<Setting<?>> settings() {
        return List.of(KINESIS, DYNAMODB, STS);
    }

    static AwsEndpointSettings from(SettingsReader reader) {
        return new AwsEndpointSettings(url(reader, KINESIS), url(reader, DYNAMODB), url(reader, STS));
    }

    private static @Nullable URI url(SettingsReader reader, Setting<String> setting) {
        String text = reader.find(setting);
        if (text == null) {
            return null;
        }
        if (!text.matches("https?://[a-zA-Z0-9.-]+(:[0-9]{1,5})?/?")) {
            reader.refuse(setting.name(), text, "an http or https URL without a path");
            return null;
        }
        return URI.create(text).resolve("/");
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
