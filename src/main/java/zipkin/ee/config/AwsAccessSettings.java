package zipkin.ee.config;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one service of AWS is accessed.
 *
 * @param key of its own rather than the credentials that AWS's SDK finds; null for the latter
 * @param region null for the one that AWS's SDK finds
 * @param roleArn the role that is assumed with them; empty for none
 * @param stsRegion where the role is asked for
 */
public record AwsAccessSettings(
        @Nullable AwsCredentialSettings key,
        @Nullable String region,
        String roleArn,
        @Nullable String stsRegion) {
    private static final Pattern ROLE = Pattern.compile("arn:[a-z0-9-]+:iam::[0-9]{12}:role/[!-~]{1,512}");

    /** The settings of one service, which have names of its own as the reference's have. */
    static final class Names {
        private final String prefix;
        private final Setting<String> accessKey;
        private final Setting<String> secretKey;
        private final Setting<String> region;
        private final Setting<String> roleArn;
        private final Setting<String> stsRegion;

        /**
         * @param prefix SQS, KINESIS
         * @param otherwise where the region comes from when it is not set
         */
        Names(String prefix, String service, String otherwise) {
            this.prefix = prefix;
            accessKey = Setting.text(
                    prefix + "_AWS_ACCESS_KEY_ID",
                    "",
                    "Access key for " + service + " alone. Not set: credentials as the AWS SDK finds them.");
            secretKey =
                    Setting.text(prefix + "_AWS_SECRET_ACCESS_KEY", "", "Secret of " + prefix + "_AWS_ACCESS_KEY_ID.");
            region = Setting.text(prefix + "_AWS_REGION", "", "Region of " + service + ". Not set: " + otherwise + ".");
            roleArn = Setting.text(
                    prefix + "_AWS_STS_ROLE_ARN",
                    "",
                    "ARN of a role that is assumed, with those credentials, for " + service + ".");
            stsRegion = Setting.text(
                    prefix + "_AWS_STS_REGION",
                    "",
                    "Region in which " + prefix + "_AWS_STS_ROLE_ARN is asked for. Not set: the region of " + service
                            + ".");
        }

        List<Setting<?>> settings() {
            return List.of(accessKey, secretKey, region, roleArn, stsRegion);
        }

        /**
         * @param derived the region when it is not set; null for the one that AWS's SDK finds
         */
        AwsAccessSettings from(SettingsReader reader, @Nullable String derived) {
            String key = reader.get(accessKey);
            String secret = reader.get(secretKey);
            if (key.isEmpty() != secret.isEmpty()) {
                reader.refuse(accessKey.name(), key, "set together with " + prefix + "_AWS_SECRET_ACCESS_KEY");
            }
            String role = reader.get(roleArn);
            if (!role.isEmpty() && !ROLE.matcher(role).matches()) {
                reader.refuse(roleArn.name(), role, "like arn:aws:iam::123456789012:role/name");
            }
            String found = reader.find(region);
            String where = found == null ? derived : found;
            String sts = reader.find(stsRegion);
            return new AwsAccessSettings(
                    key.isEmpty() ? null : new AwsCredentialSettings(key, secret),
                    where,
                    role,
                    sts == null ? where : sts);
        }
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
