package zipkin.ee.discovery;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.http.client.Http;

/** The operations of Eureka on one instance. Calls block for some seconds at most. */
final class EurekaClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final String apps;
    private final Map<String, String> headers = new HashMap<>();
    private final String address;

    /**
     * @param serviceUrl with user and password if Eureka requires them
     */
    EurekaClient(URI serviceUrl) {
        String user = serviceUrl.getUserInfo();
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/json");
        if (user != null) {
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
        }
        this.address = user == null
                ? serviceUrl.toString()
                : serviceUrl.toString().replace(serviceUrl.getRawUserInfo() + "@", "");
        this.apps = address + "/apps/";
    }

    /** Where Eureka is, without user and password. */
    String address() {
        return address;
    }

    /**
     * Registers an instance, in JSON.
     *
     * @throws IOException unless Eureka accepts
     */
    void register(String app, byte[] instance) throws IOException {
        requireSuccess(send("POST", escaped(app), instance));
    }

    /**
     * Renews the lease.
     *
     * @return false when Eureka no longer knows the instance
     */
    boolean renew(String app, String instanceId, long lastDirtyMillis) throws IOException {
        int status = send(
                "PUT",
                escaped(app) + "/" + escaped(instanceId) + "?status=UP&lastDirtyTimestamp=" + lastDirtyMillis,
                null);
        if (status == HttpURLConnection.HTTP_NOT_FOUND) {
            return false;
        }
        requireSuccess(status);
        return true;
    }

    void deregister(String app, String instanceId) throws IOException {
        requireSuccess(send("DELETE", escaped(app) + "/" + escaped(instanceId), null));
    }

    private static String escaped(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }

    private static void requireSuccess(int status) throws IOException {
        if (status / 100 != 2) {
            throw new IOException("it answered " + status);
        }
    }

    private int send(String method, String path, byte @Nullable [] json) throws IOException {
        return Http.send(method, URI.create(apps + path), headers, json, TIMEOUT)
                .status();
    }
}
