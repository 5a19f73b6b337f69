package zipkin.ee.discovery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/**
 * This server as registered with Eureka, with the fields that the reference sends.
 *
 * @param id of the instance
 * @param app its application
 * @param hostName shown to people and checked against certificates
 * @param ip where it can be reached
 * @param urlHost host in the URLs of its pages: the host name if set, otherwise {@code ip}
 * @param port of HTTP
 * @param startMillis time of the last change, in milliseconds since the epoch
 */
record Instance(String id, String app, String hostName, String ip, String urlHost, int port, long startMillis) {
    private static final int RENEWAL_SECONDS = 30;
    private static final int DURATION_SECONDS = 90;

    static Instance of(EurekaSettings settings, int port, long startMillis) {
        String ip = firstAddress();
        String host = settings.hostName().isEmpty() ? machine(ip) : settings.hostName();
        String urlHost = settings.hostName().isEmpty() ? ip : settings.hostName();
        String id =
                settings.instanceId().isEmpty() ? host + ":" + settings.appName() + ":" + port : settings.instanceId();
        return new Instance(id, settings.appName(), host, ip, urlHost, port, startMillis);
    }

    private static String machine(String otherwise) {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return otherwise;
        }
    }

    /** The first IPv4 address of this machine that other machines may reach. */
    private static String firstAddress() {
        try {
            List<InetAddress> addresses = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address)
                    .toList();
            return addresses.stream()
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .findFirst()
                    .orElse(InetAddress.getLoopbackAddress())
                    .getHostAddress();
        } catch (SocketException e) {
            return InetAddress.getLoopbackAddress().getHostAddress();
        }
    }

    byte[] json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart("instance");
            json.writeStringField("instanceId", id);
            json.writeStringField("app", app);
            json.writeStringField("hostName", hostName);
            json.writeStringField("ipAddr", ip);
            json.writeStringField("vipAddress", app);
            writePort(json, "port", true, port);
            writePort(json, "securePort", false, 0);
            json.writeStringField("status", "UP");
            json.writeStringField("homePageUrl", url("/zipkin"));
            json.writeStringField("statusPageUrl", url("/info"));
            json.writeStringField("healthCheckUrl", url("/health"));
            json.writeObjectFieldStart("dataCenterInfo");
            json.writeStringField("@class", "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo");
            json.writeStringField("name", "MyOwn");
            json.writeEndObject();
            json.writeObjectFieldStart("leaseInfo");
            json.writeNumberField("renewalIntervalInSecs", RENEWAL_SECONDS);
            json.writeNumberField("durationInSecs", DURATION_SECONDS);
            json.writeEndObject();
            json.writeObjectFieldStart("metadata");
            json.writeEndObject();
            json.writeNumberField("lastUpdatedTimestamp", startMillis);
            json.writeNumberField("lastDirtyTimestamp", startMillis);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void writePort(JsonGenerator json, String field, boolean enabled, int port) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("@enabled", Boolean.toString(enabled));
        json.writeNumberField("$", port);
        json.writeEndObject();
    }

    private String url(String path) {
        return "http://" + urlHost + ":" + port + path;
    }
}
