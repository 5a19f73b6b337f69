import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.transport.Netty4Plugin;

/**
 * A node of Elasticsearch 7, run from its source with the server's jars: HTTP port, transport port,
 * home folder, settings name=value.
 */
final class Elasticsearch7 extends Node {
    private Elasticsearch7(Environment environment) {
        super(environment, List.of(Netty4Plugin.class, PatternCapturePlugin.class), false);
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
        new Elasticsearch7(InternalSettingsPreparer.prepareEnvironment(
                        settings.build(), Map.of(), home.resolve("config"), () -> "node-1"))
                .start();
        Thread.currentThread().join();
    }

    /**
     * Lucene's keyword tokenizer and pattern_capture under the names that Elasticsearch's module
     * analysis-common gives them; that module is not on Maven Central.
     */
    public static class PatternCapturePlugin extends Plugin implements AnalysisPlugin {
        @Override
        public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
            return Map.of(
                    "keyword",
                    (indexSettings, environment, name, settings) ->
                            TokenizerFactory.newFactory(name, KeywordTokenizer::new));
        }

        @Override
        public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
            return Map.of("pattern_capture", (indexSettings, environment, name, settings) -> {
                List<Pattern> patterns =
                        settings.getAsList("patterns").stream().map(Pattern::compile).toList();
                boolean original = settings.getAsBoolean("preserve_original", true);
                return new TokenFilterFactory() {
                    @Override
                    public String name() {
                        return name;
                    }

                    @Override
                    public TokenStream create(TokenStream input) {
                        return new PatternCaptureGroupTokenFilter(input, original, patterns.toArray(Pattern[]::new));
                    }
                };
            });
        }
    }
}
