package zipkin.ee.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;

/**
 * What an answer says about an error: {@code {"error":{"type":…,"reason":…},"status":…}}, or the
 * text of a proxy.
 *
 * @param type the cluster's word for the error, such as {@code mapper_parsing_exception}; empty
 *     when there is none
 * @param reason one line
 */
record ErrorText(String type, String reason) {
    private static final int MAX_LENGTH = 500;

    /** Closes {@code content}, which is in memory. */
    static ErrorText read(InputStream content) {
        byte[] bytes;
        try (content) {
            bytes = content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffered answer is in memory", e);
        }
        try (JsonParser parser = Json.FACTORY.createParser(bytes)) {
            Object tree = Json.tree(parser);
            Object error = first(tree);
            String reason = error == null
                    ? Json.text(tree, "message") // from Amazon's gateway
                    : error instanceof String text ? text : Json.text(error, "reason");
            return new ErrorText(Json.text(error, "type"), shorten(reason));
        } catch (IOException e) {
            return new ErrorText("", shorten(new String(bytes, StandardCharsets.UTF_8)));
        }
    }

    /**
     * The most specific part that gives a reason: an error of the reduce phase has no root cause,
     * and an empty reason of its own.
     */
    private static @Nullable Object first(Object tree) {
        List<@Nullable Object> candidates = new ArrayList<>();
        candidates.add(Json.at(tree, "error", "root_cause", 0));
        candidates.add(Json.at(tree, "error"));
        candidates.add(Json.at(tree, "error", "caused_by"));
        Object error = null;
        for (Object candidate : candidates) {
            if (candidate instanceof String || !Json.text(candidate, "reason").isEmpty()) {
                return candidate;
            }
            error = error == null ? candidate : error;
        }
        return error;
    }

    /** Whether writing is blocked for an index or for the whole cluster, as on a full disk. */
    boolean isBlock() {
        return type.equals("cluster_block_exception");
    }

    static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ").trim();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
