import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.ingest.common.IngestCommonPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

/**
 * A node of OpenSearch 2, run from its source with the server's jars: HTTP port, transport port,
 * home folder, settings name=value.
 */
final class OpenSearch2 extends Node {
    private OpenSearch2(Environment environment) {
        super(environment, List.of(Netty4Plugin.class, CommonAnalysisPlugin.class, IngestCommonPlugin.class), false);
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[2]);
        Settings.Builder settings = Settings.builder()
                .put("cluster.name", "zipkin-test")
                .put("node.name", "node-1")
                .put("path.home", home)
                .put("network.host", "127.0.0.1")
                .put("http.port", arguments[0])
                .put("transport.port", arguments[1])
                .put("discovery.type", "single-node")
                .put("cluster.routing.allocation.disk.threshold_enabled", false);
        for (int i = 3; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        new OpenSearch2(InternalSettingsPreparer.prepareEnvironment(
                        settings.build(), Map.of(), home.resolve("config"), () -> "node-1"))
                .start();
        Thread.currentThread().join();
    }
}
