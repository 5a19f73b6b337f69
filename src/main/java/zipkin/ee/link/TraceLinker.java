package zipkin.ee.link;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin2.DependencyLink;
import zipkin2.Span;

/**
 * The dependency links of one trace: those of zipkin2's {@code DependencyLinker}, in the same
 * order, at a cost that grows with the trace and no faster. That one walks up to the root for each
 * span of a deep trace, moves the rest of it for each part of a span, and takes hashes that clients
 * can choose. Used by one thread, once.
 */
public final class TraceLinker {
    private final Map<Ends, long[]> counts = new LinkedHashMap<>();

    private TraceLinker() {}

    /** The links of spans that all have the same trace id; each pair of services once. */
    public static List<DependencyLink> link(List<Span> spans) {
        if (spans.isEmpty()) {
            return List.of();
        }
        TraceLinker linker = new TraceLinker();
        TraceTree.Node root = TraceTree.of(spans);
        TraceTree.breadthFirst(root, node -> linker.add(node, node == root));
        return linker.links();
    }

    private List<DependencyLink> links() {
        List<DependencyLink> links = new ArrayList<>(counts.size());
        counts.forEach((ends, count) -> links.add(DependencyLink.newBuilder()
                .parent(ends.parent())
                .child(ends.child())
                .callCount(count[0])
                .errorCount(count[1])
                .build()));
        return links;
    }

    private void add(TraceTree.Node node, boolean isRoot) {
        Span span = node.span;
        if (span == null) {
            return;
        }
        String local = span.localServiceName();
        String remote = span.remoteServiceName();
        switch (kindOf(span)) {
            case CALLER -> {
                // What a server below says of itself is preferred to what the client says of it.
                if (span.kind() == null || node.children.isEmpty()) {
                    addCall(span, local, remote, node.remoteAncestor);
                }
            }
            case CALLED -> {
                if (!isRoot || remote != null) {
                    addCall(span, remote, local, node.remoteAncestor);
                }
            }
            case SENDER -> addLink(local, remote, isError(span));
            case RECEIVER -> addLink(remote, local, isError(span));
            case LOCAL -> {}
        }
    }

    private enum Role {
        CALLER,
        CALLED,
        SENDER,
        RECEIVER,
        LOCAL
    }

    /** A span of no kind that knows both sides counts as a client's. */
    private static Role kindOf(Span span) {
        Span.Kind kind = span.kind();
        if (kind == null) {
            return span.localServiceName() != null && span.remoteServiceName() != null ? Role.CALLER : Role.LOCAL;
        }
        return switch (kind) {
            case CLIENT -> Role.CALLER;
            case SERVER -> Role.CALLED;
            case PRODUCER -> Role.SENDER;
            case CONSUMER -> Role.RECEIVER;
        };
    }

    private void addCall(Span span, @Nullable String caller, @Nullable String called, @Nullable Span ancestor) {
        String parent = caller;
        boolean error = isError(span);
        String above = ancestor == null ? null : ancestor.localServiceName();
        if (ancestor != null && above != null) {
            boolean isServer = span.kind() == Span.Kind.SERVER;
            if (!isServer && caller != null && !above.equals(caller)) {
                addLink(above, caller, false); // the server's span between is missing
            }
            if (isServer || parent == null) {
                parent = above;
            }
            // The client's half of this call is skipped, so its error counts here.
            if (!error && ancestor.kind() == Span.Kind.CLIENT && ancestor.id().equals(span.parentId())) {
                error = isError(ancestor);
            }
        }
        addLink(parent, called, error);
    }

    private void addLink(@Nullable String parent, @Nullable String child, boolean error) {
        if (parent != null && child != null) {
            long[] count = counts.computeIfAbsent(new Ends(parent, child), any -> new long[2]);
            count[0]++;
            count[1] += error ? 1 : 0;
        }
    }

    private static boolean isError(Span span) {
        return span.tags().containsKey("error");
    }
}
