package zipkin.ee.transport.kinesis;

import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.utils.Lazy;
import zipkin.ee.aws.AwsAccess;
import zipkin.ee.aws.AwsEndpointSettings;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.concurrent.RetryPolicy;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.fault.DeadLetterLog;
import zipkin.ee.text.SafeLogger;
import zipkin.ee.transport.otlp.OtlpDeliveries;
import zipkin.ee.transport.polled.PollLoop;
import zipkin.ee.transport.polled.PolledIntake;

/**
 * Reads the stream, and that of OTLP where it is set: any number of shards on as many threads as
 * configured, and one thread for each stream keeps its leases.
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
    private final OtlpDeliveries deliveries;
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
            OtlpDeliveries deliveries,
            ContainerPools pools,
            KinesisTransport transport) {
        this.settings = settings;
        this.endpoints = endpoints;
        this.bounds = bounds;
        this.messages = messages;
        this.counters = counters;
        this.deliveries = deliveries;
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
        // Apart, so that checkpoints are still written after the reads were aborted.
        AwsAccess tables = access();
        Lazy<DynamoDbClient> items = new Lazy<>(() -> tables.open(DynamoDbClient.builder(), endpoints.dynamoDb()));
        PollLoop shardLoop = loop(bounds.maxBackOff(), () -> {});
        // It ends last, since the keepers of leases wait for the readers of shards.
        PollLoop leaseLoop = loop(Duration.ofMillis(LeaseKeeper.ROUND_MILLIS), () -> {
            access.close();
            tables.close();
        });
        shards = shardLoop;
        leases = leaseLoop;
        DeadLetterLog deadLetterLog = new DeadLetterLog(LOGGER, KinesisTransport.LABEL, System::nanoTime);
        List<KinesisSettings.Stream> streams = settings.streams();
        for (KinesisSettings.Stream each : streams) {
            leaseLoop.add(new LeaseKeeper(
                    shardLoop,
                    new KinesisStream(client::getValue, each.name()),
                    new LeaseTable(items::getValue, each.table(), me),
                    delivery(each.otlp(), deadLetterLog),
                    me,
                    settings.fromOldest()));
        }
        int threads = settings.concurrency() + streams.size();
        Executor pool = pools.pool(threads, threads);
        shardLoop.start(pool, settings.concurrency());
        leaseLoop.start(pool, streams.size());
    }

    private ShardReader.Delivery delivery(boolean otlp, DeadLetterLog deadLetterLog) {
        TransportCounters own = counters.of(KinesisTransport.LABEL);
        Function<byte[], Delivery> format =
                otlp ? record -> deliveries.otlp(record, own) : record -> deliveries.detected(record, own);
        return new ShardReader.Delivery(
                records -> messages.takeAll(records.stream().map(format).toList()),
                settings.maxRecords(),
                deadLetterLog);
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
