package zipkin.ee.ui;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import java.time.Instant;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.UiSettings;

/** Creates the UI's content at its first request. */
@SingleInstance
class LensProducer {
    private static final String FOLDER = "/WEB-INF/lens";

    @Produces
    @Singleton
    Lens lens(UiSettings settings, ServletContext context) {
        return new Lens(settings, new LensFiles(context, FOLDER), Instant.now());
    }
}
