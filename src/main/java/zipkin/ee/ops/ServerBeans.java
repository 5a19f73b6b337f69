package zipkin.ee.ops;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;

/** Reads the application server's MBeans, of which each server has others. */
@SingleInstance
final class ServerBeans {
    private final MBeanServer mbeans = ManagementFactory.getPlatformMBeanServer();

    /** Returns null where there is no such MBean or attribute. */
    @Nullable
    Object attribute(String name, String attribute) {
        try {
            return mbeans.getAttribute(new ObjectName(name), attribute);
        } catch (JMException | RuntimeException e) {
            return null;
        }
    }

    /** Returns the result of an operation without parameters as a text; empty where it fails. */
    String result(String name, String operation) {
        try {
            Object result = mbeans.invoke(new ObjectName(name), operation, new Object[0], new String[0]);
            return result instanceof Object[] items ? Arrays.deepToString(items) : String.valueOf(result);
        } catch (JMException | RuntimeException e) {
            return "";
        }
    }

    /** Returns the MBeans of a pattern; empty where there is none. */
    Set<ObjectName> names(String pattern) {
        try {
            return mbeans.queryNames(new ObjectName(pattern), null);
        } catch (JMException | RuntimeException e) {
            return Set.of();
        }
    }
}
