package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.dmr.ModelNode;

/**
 * Changes the settings of a running WildFly by its management interface. Operations are the ones
 * that its command line interface sends, without a JVM for each of them.
 *
 * <p>Settings are system properties, which MicroProfile Config and WildFly's expressions prefer to
 * the environment. Their values are written into the server's configuration, so they outlive a
 * restart.
 */
final class WildFlyManagement {
    private static final String WAR = "zipkin.war";

    private final int port;
    /** Names of the settings that the last change has added. */
    private Set<String> added = Set.of();

    /**
     * @param port of the management interface on 127.0.0.1
     */
    WildFlyManagement(int port) {
        this.port = port;
    }

    /**
     * Notes what was in the server's configuration before it started; the next change removes it.
     */
    void began(Set<String> settings) {
        added = Set.copyOf(settings);
    }

    /**
     * Sets the settings and deploys the WAR again; fails with the server's reason when that fails,
     * and leaves the failed WAR in place.
     */
    void redeploy(Map<String, String> settings) {
        change(settings);
        execute(operation("undeploy", "deployment", WAR)); // does nothing when a test has done it
        ModelNode deploy = operation("deploy", "deployment", WAR);
        deploy.get("operation-headers", "rollback-on-runtime-failure").set(false);
        execute(deploy);
    }

    /** Sets the settings and has the server stop and start all its services; does not wait. */
    void reload(Map<String, String> settings) {
        change(settings);
        try {
            execute(operation("reload"));
        } catch (UncheckedIOException e) {
            // The server stops its management interface too, sometimes before the answer is sent.
        }
    }

    /** Services that did not start, with the reasons; empty when all did. */
    List<ModelNode> bootErrors() {
        ModelNode errors = execute(operation("read-boot-errors", "core-service", "management"));
        return errors.isDefined() ? errors.asList() : List.of();
    }

    /** Adds the settings and removes those of the change before. */
    private void change(Map<String, String> settings) {
        ModelNode steps = new ModelNode().setEmptyList();
        for (String name : added) {
            steps.add(operation("remove", "system-property", property(name)));
        }
        settings.forEach((name, value) -> {
            ModelNode add = operation("add", "system-property", property(name));
            add.get("value").set(value);
            steps.add(add);
        });
        ModelNode batch = operation("composite");
        batch.get("steps").set(steps);
        if (!steps.asList().isEmpty()) {
            execute(batch);
        }
        added = Set.copyOf(settings.keySet());
    }

    /**
     * Overrides of Kafka's properties are the only settings whose system properties have other
     * names.
     */
    private static String property(String setting) {
        return setting.contains("_KAFKA_OVERRIDES_")
                ? setting.toLowerCase(Locale.ROOT).replace('_', '.')
                : setting;
    }

    private static ModelNode operation(String name, String... address) {
        ModelNode operation = new ModelNode();
        operation.get("operation").set(name);
        ModelNode path = operation.get("address").setEmptyList();
        for (int i = 0; i < address.length; i += 2) {
            path.add(address[i], address[i + 1]);
        }
        return operation;
    }

    /** The operation's result; fails when it failed. */
    private ModelNode execute(ModelNode operation) {
        try (ModelControllerClient client = ModelControllerClient.Factory.create("127.0.0.1", port)) {
            ModelNode answer = client.execute(operation);
            if (!"success".equals(answer.get("outcome").asString())) {
                throw new IllegalStateException(answer.toString());
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
