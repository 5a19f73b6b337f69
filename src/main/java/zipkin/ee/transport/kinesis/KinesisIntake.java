package zipkin.ee.transport.kinesis;

import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.AwsApi;
import zipkin.ee.aws.AwsJsonService;
import zipkin.ee.aws.RequestSigner;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.collect.TransportStatus;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.concurrent.StopSignal;
import zipkin.ee.config.AwsEndpointSettings;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.config.KinesisSettings;
import zipkin.ee.fault.DeadLetterLog;
import zipkin.ee.text.SafeLogger;

/**
 * The readers of this server: any number of shards on as many threads as configured, and one that
 * keeps the leases.
 */
@SingleInstance
class KinesisIntake {
    private static final Logger LOGGER = SafeLogger.of(KinesisIntake.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** Ten MiB of records in base64, and what is around them. */
    private static final int MAX_ANSWER_BYTES = 20 * 1024 * 1024;

    private static final long POLL_MILLIS = 500;
    private static final long STOP_SECONDS = 8;

    private final KinesisSettings settings;
    private final AwsEndpointSettings endpoints;
    private final CollectorSettings bounds;
    private final MessageIntake messages;
    private final CollectorCounters counters;
    private final ContainerPools pools;
    private final KinesisTransport transport;
    private final DeadLetterLog deadLetterLog =
            new DeadLetterLog(SafeLogger.of(KinesisIntake.class.getName()), KinesisTransport.LABEL, System::nanoTime);
    private final StopSignal stopped = new StopSignal();
    private final CountDownLatch reading;
    private final DelayQueue<ShardReader> readers = new DelayQueue<>();

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
        this.reading = new CountDownLatch(settings.concurrency());
    }

    void start() {
        String me = "zipkin-ee:" + UUID.randomUUID();
        KinesisStream stream = new KinesisStream(
                service("kinesis", "Kinesis", KinesisStream.PROTOCOL, endpoints.kinesis()), settings.stream());
        LeaseTable table = new LeaseTable(
                service("dynamodb", "DynamoDB", LeaseTable.PROTOCOL, endpoints.dynamoDb()), settings.application(), me);
        int threads = settings.concurrency() + 1;
        Executor pool = pools.pool(threads, threads);
        pool.execute(new LeaseKeeper(this, stream, table, me, settings.fromOldest()));
        for (int i = 0; i < settings.concurrency(); i++) {
            pool.execute(this::readInTurn);
        }
    }

    private AwsJsonService service(String id, String name, AwsJsonService.Protocol protocol, @Nullable URI endpoint) {
        AwsApi api = new AwsApi(RequestSigner.of(id, settings.access(), endpoints.sts()), TIMEOUT, MAX_ANSWER_BYTES);
        return new AwsJsonService(api, endpoint == null ? () -> api.endpoint(id) : () -> endpoint, name, protocol);
    }

    private void readInTurn() {
        try {
            while (!isStopped()) {
                ShardReader reader = readers.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (reader == null) {
                    continue;
                }
                if (!reader.isOver()) {
                    reader.read();
                }
                if (reader.isOver()) {
                    problems().works(reader);
                } else {
                    readers.add(reader);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reading.countDown();
        }
    }

    /** Has a shard read from now on, until its reader is over. */
    void read(ShardReader reader) {
        readers.add(reader);
    }

    List<Outcome> store(List<byte[]> records) {
        TransportCounters own = counters.of(KinesisTransport.LABEL);
        return messages.takeAll(
                records.stream().map(record -> Delivery.detected(record, own)).toList());
    }

    void stop() {
        stopped.stop();
    }

    boolean isStopped() {
        return stopped.isStopped();
    }

    /** Waits, but not beyond the end of the application. */
    void awaitStop(long millis) {
        stopped.await(millis);
    }

    /** Waits until no shard is read any more, after {@link #stop}. */
    void awaitReaders() {
        try {
            if (!reading.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.log(Level.DEBUG, "A shard is read still; its records will come again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    DeadLetterLog deadLetterLog() {
        return deadLetterLog;
    }

    int maxRecords() {
        return settings.maxRecords();
    }

    long maxPauseMillis() {
        return bounds.maxBackOff().toMillis();
    }

    TransportStatus problems() {
        return transport.problems();
    }
}
