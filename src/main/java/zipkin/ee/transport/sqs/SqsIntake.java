package zipkin.ee.transport.sqs;

import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.utils.Lazy;
import zipkin.ee.aws.AwsAccess;
import zipkin.ee.aws.AwsEndpointSettings;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.CollectorCounters;
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
 * Polls the queue, and that of OTLP where it is set, each with as many pollers at a time as
 * configured.
 */
@SingleInstance
class SqsIntake implements PolledIntake {
    private static final Logger LOGGER = SafeLogger.of(SqsIntake.class.getName());
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    /** SQS answers with 1 MiB of messages at most, and JSON escapes some of their characters. */
    private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

    private final SqsSettings settings;
    private final CollectorSettings bounds;
    private final Collector collector;
    private final MessageIntake messages;
    private final CollectorCounters counters;
    private final OtlpDeliveries deliveries;
    private final ContainerPools pools;
    private final SqsTransport transport;
    private final AwsEndpointSettings endpoints;
    private @Nullable PollLoop loop;
    private @Nullable AwsAccess access;

    @Inject
    SqsIntake(
            SqsSettings settings,
            CollectorSettings bounds,
            Collector collector,
            MessageIntake messages,
            CollectorCounters counters,
            OtlpDeliveries deliveries,
            ContainerPools pools,
            SqsTransport transport,
            AwsEndpointSettings endpoints) {
        this.settings = settings;
        this.bounds = bounds;
        this.collector = collector;
        this.messages = messages;
        this.counters = counters;
        this.deliveries = deliveries;
        this.pools = pools;
        this.transport = transport;
        this.endpoints = endpoints;
    }

    @Override
    public boolean enabled() {
        return transport.enabled();
    }

    @Override
    public void start() {
        Duration timeout = ANSWER_TIMEOUT.plusSeconds(settings.waitSeconds());
        AwsAccess sqs = new AwsAccess(settings.access(), endpoints.sts(), timeout, MAX_ANSWER_BYTES);
        access = sqs;
        // A dead-letter queue may be at another host.
        Map<URI, Lazy<SqsClient>> clients = new ConcurrentHashMap<>();
        SqsQueue.Factory queues = url -> new SqsQueue(
                clients.computeIfAbsent(
                        URI.create(url).resolve("/"),
                        endpoint -> new Lazy<>(() -> sqs.open(SqsClient.builder(), endpoint)))::getValue,
                url);
        PollLoop polls = new PollLoop(
                LOGGER, transport.problems(), SdkException.class, new RetryPolicy(bounds.maxBackOff()), sqs::close);
        loop = polls;
        DeadLetterLog deadLetterLog = new DeadLetterLog(LOGGER, SqsTransport.LABEL, System::nanoTime);
        int threads = 0;
        for (SqsSettings.Queue each : settings.queues()) {
            for (int i = 0; i < settings.parallelism(); i++) {
                SqsDeadLetters deadLetters = new SqsDeadLetters(queues, settings.deadLetterQueueUrl(), deadLetterLog);
                SqsQueue queue = queues.open(each.url());
                polls.add(new SqsPoller(settings, queue, delivery(queue, each.otlp()), deadLetters));
                threads++;
            }
        }
        polls.start(pools.pool(threads, threads), threads);
    }

    private SqsDelivery delivery(SqsQueue queue, boolean otlp) {
        TransportCounters own = counters.of(SqsTransport.LABEL);
        return new SqsDelivery(
                collector,
                messages,
                own,
                queue,
                otlp ? message -> deliveries.otlp(message, own) : message -> deliveries.detected(message, own));
    }

    /** Ends polls that wait for messages; what is being stored is still deleted. */
    @Override
    public void stop() {
        if (loop != null) {
            loop.stop();
        }
        if (access != null) {
            access.abort();
        }
    }
}
