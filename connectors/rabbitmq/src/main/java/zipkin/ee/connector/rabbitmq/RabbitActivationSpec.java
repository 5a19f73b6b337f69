package zipkin.ee.connector.rabbitmq;

import jakarta.resource.spi.InvalidPropertyException;
import zipkin.ee.connector.InboundActivation;

/**
 * What a message-driven bean says of its messages; all properties are text, as the administrator
 * wrote it.
 */
public final class RabbitActivationSpec extends InboundActivation {
    private String addresses = "";
    private String uri = "";
    private String user = "guest";
    private String password = "";
    private String virtualHost = "/";
    private String queue = "zipkin";
    private String concurrency = "1";
    private String prefetch = "500";
    private String useSsl = "false";
    private String connectionTimeout = "60000";

    @Override
    public void validate() throws InvalidPropertyException {
        if (!RabbitConfig.isDormant(this)) {
            RabbitConfig.of(this);
        }
    }

    public String getAddresses() {
        return addresses;
    }

    public void setAddresses(String addresses) {
        this.addresses = addresses;
    }

    public String getUri() {
        return uri;
    }

    public void setUri(String uri) {
        this.uri = uri;
    }

    public String getUser() {
        return user;
    }

    public void setUser(String user) {
        this.user = user;
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
        this.virtualHost = virtualHost;
    }

    public String getQueue() {
        return queue;
    }

    public void setQueue(String queue) {
        this.queue = queue;
    }

    public String getConcurrency() {
        return concurrency;
    }

    @Override
    public void setConcurrency(String concurrency) {
        this.concurrency = concurrency;
    }

    public String getPrefetch() {
        return prefetch;
    }

    public void setPrefetch(String prefetch) {
        this.prefetch = prefetch;
    }

    public String getUseSsl() {
        return useSsl;
    }

    public void setUseSsl(String useSsl) {
        this.useSsl = useSsl;
    }

    public String getConnectionTimeout() {
        return connectionTimeout;
    }

    public void setConnectionTimeout(String connectionTimeout) {
        this.connectionTimeout = connectionTimeout;
    }
}
