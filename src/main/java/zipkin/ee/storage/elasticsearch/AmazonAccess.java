package zipkin.ee.storage.elasticsearch;

import zipkin.ee.aws.AwsApi;
import zipkin.ee.aws.RequestSigner;
import zipkin.ee.config.ElasticsearchSettings;
import zipkin.ee.config.ElasticsearchSettings.Amazon;

/** How a domain of Amazon's service is reached. */
final class AmazonAccess {
    private AmazonAccess() {}

    /** Takes the signer, and closes it with the cluster. */
    static Cluster.Access of(
            Amazon amazon, RequestSigner signer, Credentials credentials, ElasticsearchSettings settings) {
        String whatToCheck = settings.isSigned()
                ? "the AWS credentials, their right es:ESHttp*, and the domain's access policy"
                : Cluster.Access.of(credentials).whatToCheck();
        String domain = amazon.domain();
        if (domain == null) {
            return new Cluster.Access(ClusterLocation.known(), credentials, whatToCheck, signer::close);
        }
        AwsApi api = new AwsApi(signer, settings.timeout());
        return new Cluster.Access(
                new AwsDomain(api, domain, amazon.api(), System::nanoTime), credentials, whatToCheck, () -> {
                    api.close();
                    signer.close();
                });
    }
}
