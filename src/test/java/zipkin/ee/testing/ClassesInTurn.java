package zipkin.ee.testing;

import static java.util.Comparator.comparingInt;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The order in which integration tests start, some at a time, so that no thread is without work.
 * Most threads take classes from the front: the slowest are there, so that none of them is left at
 * the end. The thread that has begun takes them from the end: there are those that need the same
 * server, which would only wait for each other on several threads.
 */
public final class ClassesInTurn implements ClassOrderer {
    private static final List<String> SLOWEST =
            List.of("StorageOutageIT", "DifferentialIT", "ClusterOutageIT", "JmsScriptIT", "UntouchedServerIT");

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(comparingInt(ClassesInTurn::place));
    }

    private static int place(ClassDescriptor descriptor) {
        if (hasLock(descriptor)) {
            return Integer.MAX_VALUE;
        }
        int slow = SLOWEST.indexOf(descriptor.getTestClass().getSimpleName());
        return slow < 0 ? SLOWEST.size() : slow;
    }

    private static boolean hasLock(ClassDescriptor descriptor) {
        return descriptor.isAnnotated(ResourceLock.class)
                || Arrays.stream(descriptor.getTestClass().getDeclaredMethods())
                        .anyMatch(method -> method.isAnnotationPresent(ResourceLock.class));
    }
}
