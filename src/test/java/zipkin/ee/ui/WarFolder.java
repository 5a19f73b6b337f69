package zipkin.ee.ui;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A servlet context that has resources and nothing else, and counts how often each is opened. */
final class WarFolder {
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    final Map<String, Integer> opened = new ConcurrentHashMap<>();

    WarFolder with(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    ServletContext context() {
        return (ServletContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServletContext.class}, (proxy, method, arguments) -> {
                    String path = (String) arguments[0];
                    return switch (method.getName()) {
                        case "getResourcePaths" -> children(path);
                        case "getResourceAsStream" -> open(path);
                        default -> throw new UnsupportedOperationException(method.toString());
                    };
                });
    }

    private @Nullable Set<String> children(String directory) {
        Set<String> children = files.keySet().stream()
                .filter(path -> path.startsWith(directory))
                .map(path -> {
                    int slash = path.indexOf('/', directory.length());
                    return slash < 0 ? path : path.substring(0, slash + 1);
                })
                .collect(Collectors.toSet());
        return children.isEmpty() ? null : children;
    }

    private @Nullable ByteArrayInputStream open(String path) {
        byte[] content = files.get(path);
        opened.merge(path, 1, Integer::sum);
        return content == null ? null : new ByteArrayInputStream(content);
    }
}
