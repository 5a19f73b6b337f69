package zipkin.ee.testing.search;

import java.util.EnumMap;
import java.util.Map;

/**
 * Nodes that all tests of one JVM share; each is started when the first test asks for it and ends
 * with the JVM. Thread safe.
 */
public final class SharedNodes {
    private static final Map<SearchEngine, SearchNode> NODES = new EnumMap<>(SearchEngine.class);

    private SharedNodes() {}

    public static synchronized SearchNode of(SearchEngine engine) {
        return NODES.computeIfAbsent(engine, SearchNode::start);
    }
}
