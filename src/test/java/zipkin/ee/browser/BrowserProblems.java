package zipkin.ee.browser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.logging.LogEntry;

/**
 * Reads the browser's two logs: the console, and the DevTools events of the network
 * ({@code Network.requestWillBeSent}, {@code responseReceived}, {@code loadingFailed}). Requests of
 * the browser itself, outside any http page, are left out.
 */
final class BrowserProblems {
    private final Json json = new Json();
    private final Map<String, String> addresses = new HashMap<>();
    private final List<String> all = new ArrayList<>();

    List<String> all() {
        return List.copyOf(all);
    }

    void console(LogEntry entry) {
        if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
            all.add("console: " + entry.getMessage());
        }
    }

    void network(LogEntry entry) {
        Map<String, Object> event =
                object(json.<Map<String, Object>>toType(entry.getMessage(), Json.MAP_TYPE), "message");
        Map<String, Object> details = object(event, "params");
        String request = String.valueOf(details.get("requestId"));
        switch (String.valueOf(event.get("method"))) {
            case "Network.requestWillBeSent" -> sent(request, String.valueOf(details.get("documentURL")), details);
            case "Network.responseReceived" -> answered(request, object(details, "response"));
            case "Network.loadingFailed" -> failed(request, details);
            default -> {}
        }
    }

    private void sent(String request, String page, Map<String, Object> details) {
        if (page.startsWith("http://127.0.0.1:")) {
            addresses.put(request, String.valueOf(object(details, "request").get("url")));
        }
    }

    private void answered(String request, Map<String, Object> response) {
        if (addresses.containsKey(request) && ((Number) response.getOrDefault("status", 0)).intValue() >= 400) {
            all.add("answer " + response.get("status") + ": " + addresses.get(request));
        }
    }

    /** A request that the page itself gave up, because another page was opened, is no failure. */
    private void failed(String request, Map<String, Object> details) {
        if (addresses.containsKey(request) && !Boolean.TRUE.equals(details.get("canceled"))) {
            all.add(details.get("errorText") + ": " + addresses.get(request));
        }
    }

    @SuppressWarnings("unchecked") // a JSON object by the DevTools protocol
    private static Map<String, Object> object(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.getOrDefault(name, Map.of());
    }
}
