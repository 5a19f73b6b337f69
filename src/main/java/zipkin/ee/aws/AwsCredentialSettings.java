package zipkin.ee.aws;

import zipkin.ee.config.MaskedRecord;

/** A key of AWS and its secret, which is not shown. */
public record AwsCredentialSettings(String accessKeyId, String secretAccessKey) {
    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
