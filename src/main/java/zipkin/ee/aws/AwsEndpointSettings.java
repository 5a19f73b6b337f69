package zipkin.ee.aws;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

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
    private static final Setting<URI> KINESIS = endpoint("KINESIS", "Kinesis");
    private static final Setting<URI> DYNAMODB = endpoint("DYNAMODB", "DynamoDB");
    private static final Setting<URI> STS = endpoint("STS", "STS");

    private static Setting<URI> endpoint(String name, String service) {
        return Setting.of(
                "AWS_ENDPOINT_URL_" + name,
                "",
                "an http or https URL without a path",
                "URL of " + service + ", for a private endpoint or an emulator. Unset: that of AWS for the region.",
                AwsEndpointSettings::url);
    }

    public static AwsEndpointSettings from(SettingsReader reader) {
        return new AwsEndpointSettings(reader.find(KINESIS), reader.find(DYNAMODB), reader.find(STS));
    }

    private static URI url(String text) {
        if (!text.matches("https?://[a-zA-Z0-9.-]+(:[0-9]{1,5})?/?")) {
            throw new IllegalArgumentException("not a URL without a path");
        }
        return URI.create(text).resolve("/");
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
