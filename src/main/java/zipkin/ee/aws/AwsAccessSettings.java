package zipkin.ee.aws;

import org.jspecify.annotations.Nullable;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Credentials and region of one service of AWS.
 *
 * @param key access key of this service; null for the credentials that the AWS SDK finds
 * @param region null for the one that the AWS SDK finds
 * @param roleArn role to assume with those credentials; empty for none
 * @param stsRegion where the role is requested
 */
public record AwsAccessSettings(
        @Nullable AwsCredentialSettings key,
        @Nullable String region,
        String roleArn,
        @Nullable String stsRegion) {
    private static final String ROLE = "arn:[a-z0-9-]+:iam::[0-9]{12}:role/[!-~]{1,512}";

    /** The settings of one service, named by its prefix as in the reference. */
    public static final class Names {
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
        public Names(String prefix, String service, String otherwise) {
            this.prefix = prefix;
            accessKey = Setting.text(
                    prefix + "_AWS_ACCESS_KEY_ID",
                    "",
                    "Access key for " + service + " only. Unset: credentials as the AWS SDK finds them.");
            secretKey =
                    Setting.text(prefix + "_AWS_SECRET_ACCESS_KEY", "", "Secret of " + prefix + "_AWS_ACCESS_KEY_ID.");
            region = Setting.text(prefix + "_AWS_REGION", "", "Region of " + service + ". Unset: " + otherwise + ".");
            roleArn = Setting.text(
                    prefix + "_AWS_STS_ROLE_ARN",
                    "",
                    ROLE,
                    "like arn:aws:iam::123456789012:role/name",
                    "ARN of a role that is assumed with those credentials for " + service + ".");
            stsRegion = Setting.text(
                    prefix + "_AWS_STS_REGION",
                    "",
                    "Region in which " + prefix + "_AWS_STS_ROLE_ARN is requested. Unset: the region of " + service
                            + ".");
        }

        /**
         * @param derived the region when it is not set; null for the one that the AWS SDK finds
         */
        public AwsAccessSettings from(SettingsReader reader, @Nullable String derived) {
            String key = reader.get(accessKey);
            String secret = reader.get(secretKey);
            if (key.isEmpty() != secret.isEmpty()) {
                reader.refuse(accessKey, key, "set together with " + prefix + "_AWS_SECRET_ACCESS_KEY");
            }
            String found = reader.find(region);
            String where = found == null ? derived : found;
            String role = reader.get(roleArn);
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
