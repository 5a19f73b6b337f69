package zipkin.ee.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Requests and responses without a server, of which only headers are asked. */
final class HttpDoubles {
    private HttpDoubles() {}

    /** A request of HTTP/1.1 with these header lines, {@code Name: value}. */
    static HttpServletRequest request(String... lines) {
        return requestOf("/api/v2/traces", lines);
    }

    /** A request of a path. */
    static HttpServletRequest requestOf(String path, String... lines) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpDoubles.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, name) -> switch (method.getName()) {
                    case "getProtocol" -> "HTTP/1.1";
                    case "getRequestURI" -> path;
                    case "getContextPath" -> "";
                    case "getHeaderNames" ->
                        Collections.enumeration(Arrays.stream(lines)
                                .map(line -> line.substring(0, line.indexOf(':')))
                                .distinct()
                                .toList());
                    case "getHeaders" -> Collections.enumeration(values(lines, (String) name[0]));
                    case "getHeader" ->
                        values(lines, (String) name[0]).stream().findFirst().orElse(null);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static List<String> values(String[] lines, String name) {
        return Arrays.stream(lines)
                .filter(line -> line.substring(0, line.indexOf(':')).equalsIgnoreCase(name))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .toList();
    }

    /** A response that keeps its headers in a map. */
    static HttpServletResponse response(Map<String, String> headers) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HttpDoubles.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (self, method, values) -> switch (method.getName()) {
                    case "setHeader" -> headers.put((String) values[0], (String) values[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    static Map<String, String> headers() {
        return new TreeMap<>();
    }
}
