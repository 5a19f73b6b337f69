package zipkin.ee.transport.sqs;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.AwsApi;
import zipkin.ee.aws.RequestSigner;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.collect.TransportStatus;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.concurrent.StopSignal;
import zipkin.ee.config.AwsEndpointSettings;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.config.SqsSettings;
import zipkin.ee.fault.DeadLetterLog;
import zipkin.ee.text.SafeLogger;

/** The pollers of this server. */
@SingleInstance
class SqsIntake {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    /** Ten messages of 256 KiB at most, in JSON. */
    private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

    private final SqsSettings settings;
    private final CollectorSettings bounds;
    private final Collector collector;
    private final MessageIntake messages;
    private final CollectorCounters counters;
    private final ContainerPools pools;
    private final SqsTransport transport;
    private final AwsEndpointSettings endpoints;
    private final DeadLetterLog deadLetterLog =
            new DeadLetterLog(SafeLogger.of(SqsIntake.class.getName()), SqsTransport.LABEL, System::nanoTime);
    private final StopSignal stopped = new StopSignal();
    private @Nullable AwsApi api;

    @Inject
    SqsIntake(
            SqsSettings settings,
            CollectorSettings bounds,
            Collector collector,
            MessageIntake messages,
            CollectorCounters counters,
            ContainerPools pools,
            SqsTransport transport,
            AwsEndpointSettings endpoints) {
        this.settings = settings;
        this.bounds = bounds;
        this.collector = collector;
        this.messages = messages;
        this.counters = counters;
        this.pools = pools;
        this.transport = transport;
        this.endpoints = endpoints;
    }

    void start() {
        RequestSigner signer = RequestSigner.of("sqs", settings.access(), endpoints.sts());
        AwsApi opened = new AwsApi(signer, ANSWER_TIMEOUT.plusSeconds(settings.waitSeconds()), MAX_ANSWER_BYTES);
        api = opened;
        ThreadPoolExecutor pool = pools.pool(settings.parallelism(), settings.parallelism());
        for (int i = 0; i < settings.parallelism(); i++) {
            pool.execute(new SqsPoller(
                    this,
                    new SqsQueue(opened, settings.queueUrl()),
                    collector,
                    messages,
                    counters.of(SqsTransport.LABEL)));
        }
    }

    /** Ends polls that wait; what is being stored is still deleted. */
    void stop() {
        stopped.stop();
        if (api != null) {
            api.abort();
        }
    }

    boolean isStopped() {
        return stopped.isStopped();
    }

    /** Waits, but not beyond the end of the application. */
    void awaitStop(long millis) {
        stopped.await(millis);
    }

    @Nullable
    SqsQueue deadLetters(@Nullable String redriveTarget) {
        String url = settings.deadLetterQueueUrl().isEmpty() ? redriveTarget : settings.deadLetterQueueUrl();
        AwsApi opened = api;
        return url == null || opened == null ? null : new SqsQueue(opened, url);
    }

    DeadLetterLog deadLetterLog() {
        return deadLetterLog;
    }

    int maxMessages() {
        return settings.maxMessages();
    }

    int waitSeconds() {
        return settings.waitSeconds();
    }

    long maxPauseMillis() {
        return bounds.maxBackOff().toMillis();
    }

    TransportStatus problems() {
        return transport.problems();
    }
}
