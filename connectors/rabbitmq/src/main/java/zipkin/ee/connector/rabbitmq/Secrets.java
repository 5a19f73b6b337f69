package zipkin.ee.connector.rabbitmq;

/**
 * The settings that hold a password. The application server's management interface shows the
 * activation properties that a descriptor sets, so the descriptors leave these out, and they are
 * read here: from system properties, then from the environment.
 */
final class Secrets {
    private Secrets() {}

    /** Empty when there is none. */
    static String uri(RabbitActivationSpec spec) {
        return find(spec.getUri(), "RABBIT_URI", "").trim();
    }

    static String password(RabbitActivationSpec spec) {
        return find(spec.getPassword(), "RABBIT_PASSWORD", "guest");
    }

    private static String find(String given, String name, String otherwise) {
        for (String value : new String[] {given, System.getProperty(name), System.getenv(name)}) {
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return otherwise;
    }
}
