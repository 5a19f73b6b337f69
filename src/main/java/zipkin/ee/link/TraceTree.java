package zipkin.ee.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * The spans of a trace by their parents, as zipkin2's {@code SpanNode} arranges them. Its keys are
 * compared where their hashes are the same, and each node knows its nearest remote ancestor, so
 * that neither chosen ids nor deep chains cost more than others.
 */
final class TraceTree {
    /** A span, its children, and its nearest ancestor that has a kind. */
    static final class Node {
        final @Nullable Span span;
        final List<Node> children = new ArrayList<>(0);

        @Nullable
        Span remoteAncestor;

        Node(@Nullable Span span) {
            this.span = span;
        }
    }

    private static final Comparator<Node> EARLIEST_FIRST =
            Comparator.comparingLong(node -> node.span == null ? 0 : node.span.timestampAsLong());

    /**
     * How a span is referred to: a server's side that shares its id with the client's, by its
     * endpoint too.
     */
    private record Key(String id, boolean shared, @Nullable Endpoint endpoint) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::id)
                .thenComparing(Key::shared)
                .thenComparing(Key::endpoint, SpanMerge.ENDPOINTS)
                .thenComparingInt(key -> key.endpoint == null ? 0 : key.endpoint.portAsInt());

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<Key, Node> nodes = new HashMap<>();
    private final Map<Key, @Nullable Key> parents = new LinkedHashMap<>();
    private @Nullable Node root;

    private TraceTree() {}

    /** The root; one without a span where none is known. */
    static Node of(List<Span> spans) {
        List<Span> merged = SpanMerge.merge(spans);
        TraceTree tree = new TraceTree();
        merged.forEach(tree::enter);
        merged.forEach(tree::place);
        return tree.connect();
    }

    private static Key plain(String id) {
        return new Key(id, false, null);
    }

    private static Key key(Span span, @Nullable Endpoint endpoint) {
        return SpanMerge.isShared(span) ? new Key(span.id(), true, endpoint) : plain(span.id());
    }

    private void enter(Span span) {
        if (SpanMerge.isShared(span)) {
            parents.put(key(span, span.localEndpoint()), plain(span.id()));
        } else {
            parents.put(plain(span.id()), span.parentId() == null ? null : plain(span.parentId()));
        }
    }

    /** The first span without a parent is the root; later ones hang below it. */
    private void place(Span span) {
        Node node = new Node(span);
        if (SpanMerge.isShared(span)) {
            nodes.put(key(span, span.localEndpoint()), node);
            nodes.put(key(span, null), node); // for spans between that lack the endpoint
            return;
        }
        Key key = plain(span.id());
        if (span.parentId() == null && root == null) {
            root = node;
            parents.remove(key);
            return;
        }
        if (span.parentId() != null) {
            Key server = new Key(span.parentId(), true, span.localEndpoint());
            if (parents.containsKey(server)) {
                parents.put(key, server); // within the server of a call whose sides share an id
            }
        }
        nodes.put(key, node);
    }

    private Node connect() {
        Node top = root == null ? new Node(null) : root;
        parents.forEach((key, parentKey) -> {
            Node child = nodes.get(key);
            Node parent = parentKey == null ? null : nodes.get(parentKey);
            if (child != null && child != parent) {
                (parent == null ? top : parent).children.add(child);
            }
        });
        return top;
    }

    /**
     * Visits all spans below and at the root, those nearer to it first, of one parent the earliest
     * first.
     */
    static void breadthFirst(Node root, Consumer<Node> visitor) {
        Deque<Node> queue = new ArrayDeque<>();
        if (root.span == null) {
            root.children.sort(EARLIEST_FIRST);
            queue.addAll(root.children);
        } else {
            queue.add(root);
        }
        while (!queue.isEmpty()) {
            Node node = queue.remove();
            Span span = node.span;
            node.children.sort(EARLIEST_FIRST);
            for (Node child : node.children) {
                child.remoteAncestor = span != null && span.kind() != null ? span : node.remoteAncestor;
                queue.add(child);
            }
            visitor.accept(node);
        }
    }
}
