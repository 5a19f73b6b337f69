package zipkin.ee.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import zipkin.ee.config.UiSettings;

/**
 * {@code config.json}, which Lens reads before it draws anything. It is indented by two spaces,
 * with line feeds on every system and none at the end. Unset values are null, but an unset
 * {@code environment} is empty.
 */
final class ConfigJson {
    static final int MAX_AGE_SECONDS = 600;

    private static final JsonFactory FACTORY = new JsonFactory();

    private ConfigJson() {}

    static Asset asset(UiSettings ui) {
        return new Asset(write(ui).getBytes(UTF_8), ContentTypes.JSON, MAX_AGE_SECONDS);
    }

    static String write(UiSettings ui) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            json.writeStartObject();
            json.writeStringField("environment", ui.environment());
            json.writeNumberField("queryLimit", ui.queryLimit());
            json.writeNumberField("defaultLookback", ui.defaultLookbackMillis());
            json.writeBooleanField("searchEnabled", ui.searchEnabled());
            json.writeStringField("logsUrl", ui.logsUrl());
            json.writeStringField("supportUrl", ui.supportUrl());
            json.writeStringField("archivePostUrl", ui.archivePostUrl());
            json.writeStringField("archiveUrl", ui.archiveUrl());
            json.writeObjectFieldStart("dependency");
            json.writeBooleanField("enabled", ui.dependencyEnabled());
            json.writeNumberField("lowErrorRate", ui.lowErrorRate());
            json.writeNumberField("highErrorRate", ui.highErrorRate());
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
