package zipkin.ee.transport.kinesis;

import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.utils.Lazy;
import zipkin.ee.aws.AwsAccess;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.concurrent.RetryPolicy;
import zipkin.ee.config.AwsEndpointSettings;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.config.KinesisSettings;
import zipkin.ee.fault.DeadLetterLog;
import zipkin.ee.text.SafeLogger;
import zipkin.ee.transport.polled.PollLoop;
import zipkin.ee.transport.polled.PolledIntake;

/**
 * Reads one stream: any number of shards on as many threads as configured, and one thread keeps the
 * leases.
 */
@SingleInstance
class KinesisIntake implements PolledIntake {
    private static final Logger LOGGER = SafeLogger.of(KinesisIntake.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** Kinesis answers with 10 MiB of records at most; in JSON they are in Base64. */
    private static final int MAX_ANSWER_BYTES = 20 * 1024 * 1024;

    private final KinesisSettings settings;
    private final AwsEndpointSettings endpoints;
    private final CollectorSettings bounds;
    private final MessageIntake messages;
    private final CollectorCounters counters;
    private final ContainerPools pools;
    private final KinesisTransport transport;
    private @Nullable PollLoop shards;
    private @Nullable PollLoop leases;
    private @Nullable AwsAccess kinesis;

    @Inject
    KinesisIntake(
            KinesisSettings settings,
            AwsEndpointSettings endpoints,
            CollectorSettings bounds,
            MessageIntake messages,
            CollectorCounters counters,
            ContainerPools pools,
            KinesisTransport transport) {
        this.settings = settings;
        this.endpoints = endpoints;
        this.bounds = bounds;
        this.messages = messages;
        this.counters = counters;
        this.pools = pools;
        this.transport = transport;
    }

    @Override
    public boolean enabled() {
        return transport.enabled();
    }

    @Override
    public void start() {
        String me = "zipkin-ee:" + UUID.randomUUID();
        AwsAccess access = access();
        kinesis = access;
        Lazy<KinesisClient> client = new Lazy<>(() -> access.open(KinesisClient.builder(), endpoints.kinesis()));
        KinesisStream stream = new KinesisStream(client::getValue, settings.stream());
        // Apart, so that checkpoints are still written after the reads were aborted.
        AwsAccess tables = access();
        Lazy<DynamoDbClient> items = new Lazy<>(() -> tables.open(DynamoDbClient.builder(), endpoints.dynamoDb()));
        LeaseTable table = new LeaseTable(items::getValue, settings.application(), me);
        PollLoop shardLoop = loop(bounds.maxBackOff(), () -> {});
        // It ends last, since the keeper of leases waits for the readers of shards.
        PollLoop leaseLoop = loop(Duration.ofMillis(LeaseKeeper.ROUND_MILLIS), () -> {
            access.close();
            tables.close();
        });
        shards = shardLoop;
        leases = leaseLoop;
        DeadLetterLog deadLetterLog = new DeadLetterLog(LOGGER, KinesisTransport.LABEL, System::nanoTime);
        TransportCounters own = counters.of(KinesisTransport.LABEL);
        ShardReader.Delivery delivery = new ShardReader.Delivery(
                records -> messages.takeAll(records.stream()
                        .map(record -> Delivery.detected(record, own))
                        .toList()),
                settings.maxRecords(),
                deadLetterLog);
        leaseLoop.add(new LeaseKeeper(shardLoop, stream, table, delivery, me, settings.fromOldest()));
        int threads = settings.concurrency() + 1;
        Executor pool = pools.pool(threads, threads);
        shardLoop.start(pool, settings.concurrency());
        leaseLoop.start(pool, 1);
    }

    private AwsAccess access() {
        return new AwsAccess(settings.access(), endpoints.sts(), TIMEOUT, MAX_ANSWER_BYTES);
    }

    private PollLoop loop(Duration longestPause, Runnable atEnd) {
        return new PollLoop(LOGGER, transport.problems(), SdkException.class, new RetryPolicy(longestPause), atEnd);
    }

    /** Ends reads that wait; what is being stored still moves the checkpoint. */
    @Override
    public void stop() {
        if (shards != null && leases != null && kinesis != null) {
            shards.stop();
            leases.stop();
            kinesis.abort();
        }
    }
}
