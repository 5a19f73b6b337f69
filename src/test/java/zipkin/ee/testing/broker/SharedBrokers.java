package zipkin.ee.testing.broker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import zipkin.ee.testing.aws.DynamoDb;
import zipkin.ee.testing.aws.ElasticMq;
import zipkin.ee.testing.aws.Kinesalite;

/**
 * Brokers that all tests of the JVM share, each with its own topics, queues and streams; RabbitMQ's
 * is {@link RabbitServer#shared}. They start on first use, end with the JVM and are not to be
 * killed.
 */
public final class SharedBrokers {
    private static final Map<Class<?>, Object> STARTED = new ConcurrentHashMap<>();

    private SharedBrokers() {}

    public static KafkaBroker kafka() {
        return shared(KafkaBroker.class, KafkaBroker::start);
    }

    public static ActiveMqBroker activeMq() {
        return shared(ActiveMqBroker.class, ActiveMqBroker::new);
    }

    public static PulsarBroker pulsar() {
        return shared(PulsarBroker.class, PulsarBroker::start);
    }

    public static ElasticMq sqs() {
        return shared(ElasticMq.class, ElasticMq::start);
    }

    public static Kinesalite kinesis() {
        return shared(Kinesalite.class, Kinesalite::start);
    }

    public static DynamoDb dynamo() {
        return shared(DynamoDb.class, DynamoDb::start);
    }

    private static <T> T shared(Class<T> type, Supplier<T> start) {
        return type.cast(STARTED.computeIfAbsent(type, any -> start.get()));
    }
}
