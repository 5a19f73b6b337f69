package zipkin.ee.storage.elasticsearch;

import zipkin.ee.aws.RequestSigner;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.Amazon;

/** Access to a domain of Amazon OpenSearch Service. */
final class AmazonAccess {
    private AmazonAccess() {}

    /** The signer is closed with the cluster. */
    static Cluster.Access of(
            Amazon amazon, RequestSigner signer, Credentials credentials, ElasticsearchSettings settings) {
        String whatToCheck = settings.isSigned()
                ? "the AWS credentials, their right es:ESHttp*, and the domain's access policy"
                : Cluster.Access.of(credentials).whatToCheck();
        String domain = amazon.domain();
        if (domain == null) {
            return new Cluster.Access(ClusterLocation.known(), credentials, whatToCheck, signer::close);
        }
        return new Cluster.Access(
                new AwsDomain(signer, settings.timeout(), domain, amazon.api(), System::nanoTime),
                credentials,
                whatToCheck,
                signer::close);
    }
}
