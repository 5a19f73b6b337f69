package zipkin.ee.storage.elasticsearch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A search asked for more than {@link EngineLimit} allows; the error says how much that is. */
final class EngineLimitException extends ClusterRefusedException {
    private static final long serialVersionUID = 1L;
    private static final Pattern ALLOWED =
            Pattern.compile("(?:less than or equal to: |allowed maximum of )\\[(\\d{1,9})]");

    private final EngineLimit limit;
    private final int allowed;

    private EngineLimitException(String message, int status, String type, EngineLimit limit, int allowed) {
        super(message, status, type);
        this.limit = limit;
        this.allowed = allowed;
    }

    /**
     * Null when an error is another one.
     *
     * @param reason the cluster's
     */
    static @Nullable EngineLimitException of(String message, int status, String type, String reason) {
        for (EngineLimit limit : EngineLimit.values()) {
            if (reason.contains('[' + limit.setting() + ']')) {
                Matcher matcher = ALLOWED.matcher(reason);
                if (matcher.find()) {
                    return new EngineLimitException(
                            message, status, type, limit, Math.max(1, Integer.parseInt(matcher.group(1))));
                }
            }
        }
        return null;
    }

    /** This exception, or {@link ClusterRefusedException} for any other error. */
    static ClusterRefusedException orRefused(String message, int status, String type, String reason) {
        EngineLimitException exceeded = of(message, status, type, reason);
        return exceeded == null ? new ClusterRefusedException(message, status, type) : exceeded;
    }

    EngineLimit limit() {
        return limit;
    }

    int allowed() {
        return allowed;
    }
}
