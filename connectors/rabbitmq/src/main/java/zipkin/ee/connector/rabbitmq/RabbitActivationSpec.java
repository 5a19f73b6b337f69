package zipkin.ee.connector.rabbitmq;

import jakarta.resource.spi.InvalidPropertyException;
import zipkin.ee.connector.InboundActivation;

/**
 * The activation properties of a message-driven bean for RabbitMQ.
 */
public final class RabbitActivationSpec extends InboundActivation {
    static final String ENABLED = "COLLECTOR_RABBITMQ_ENABLED";

    private String addresses = "";
    private String uri = "";
    private String user = "guest";
    private String password = "";
    private String virtualHost = "/";
    private String queue = "zipkin";
    private String otlpQueue = "";
    private String concurrency = "1";
    private String prefetch = "500";
    private String useSsl = "false";
    private String connectionTimeout = "60000";

    @Override
    public void validate() throws InvalidPropertyException {
        if (!RabbitConfig.isDormant(this)) {
            RabbitConfig.ofEachQueue(this);
        }
    }

    public String getAddresses() {
        return addresses;
    }

    public void setAddresses(String addresses) {
        this.addresses = given(addresses, this.addresses);
    }

    public String getUri() {
        return uri;
    }

    public void setUri(String uri) {
        this.uri = given(uri, this.uri);
    }

    public String getUser() {
        return user;
    }

    public void setUser(String user) {
        this.user = given(user, this.user);
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getVirtualHost() {
        return virtualHost;
    }

    public void setVirtualHost(String virtualHost) {
        this.virtualHost = given(virtualHost, this.virtualHost);
    }

    public String getQueue() {
        return queue;
    }

    public void setQueue(String queue) {
        this.queue = given(queue, this.queue);
    }

    public String getOtlpQueue() {
        return otlpQueue;
    }

    public void setOtlpQueue(String otlpQueue) {
        this.otlpQueue = given(otlpQueue, this.otlpQueue);
    }

    public String getConcurrency() {
        return concurrency;
    }

    @Override
    public void setConcurrency(String concurrency) {
        this.concurrency = given(concurrency, this.concurrency);
    }

    public String getPrefetch() {
        return prefetch;
    }

    public void setPrefetch(String prefetch) {
        this.prefetch = given(prefetch, this.prefetch);
    }

    public String getUseSsl() {
        return useSsl;
    }

    public void setUseSsl(String useSsl) {
        this.useSsl = given(useSsl, this.useSsl);
    }

    public String getConnectionTimeout() {
        return connectionTimeout;
    }

    public void setConnectionTimeout(String connectionTimeout) {
        this.connectionTimeout = given(connectionTimeout, this.connectionTimeout);
    }
}
