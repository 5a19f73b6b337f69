package zipkin.ee.transport.otlp;

import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.EncodingDetector;
import zipkin.ee.codec.otlp.OtlpReader;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.config.OtlpSettings;
import zipkin.ee.fault.DeadLetterLog;
import zipkin.ee.text.SafeLogger;

/**
 * Makes deliveries of brokers' messages. Lists in Zipkin's encodings and OTLP in protobuf begin
 * alike, so a setting says which topics and queues hold OTLP; OTLP in JSON is recognized by its
 * shape in all of them. Thread safe.
 */
@SingleInstance
public class OtlpDeliveries {
    private static final Logger LOGGER = SafeLogger.of(OtlpDeliveries.class.getName());

    private final OtlpReader reader;
    private final Map<String, DeadLetterLog> logs = new ConcurrentHashMap<>();

    @Inject
    public OtlpDeliveries(OtlpSettings settings) {
        this.reader = OtlpCollector.reader(settings);
    }

    /** A message of a topic or queue that holds OTLP: an ExportTraceServiceRequest. */
    public Delivery otlp(byte[] message, TransportCounters counters) {
        return delivery(
                message, EncodingDetector.isJsonObject(message) ? OtlpFormat.JSON : OtlpFormat.PROTOBUF, counters);
    }

    /** A message of any other topic or queue: in one of Zipkin's encodings, or OTLP in JSON. */
    public Delivery detected(byte[] message, TransportCounters counters) {
        return EncodingDetector.isJsonObjectOf(message, "resourceSpans", "resource_spans")
                ? delivery(message, OtlpFormat.JSON, counters)
                : Delivery.detected(message, counters);
    }

    private Delivery delivery(byte[] message, OtlpFormat format, TransportCounters counters) {
        return Delivery.ofBroker(message, new LoggedTraces(format, counters), counters);
    }

    /** Logs refused spans, which no answer names, once the others are stored. */
    private final class LoggedTraces extends TracesDecoder {
        private final String transport;

        LoggedTraces(OtlpFormat format, TransportCounters counters) {
            super(reader, format, counters);
            this.transport = counters.transport();
        }

        @Override
        public void stored() {
            super.stored();
            if (response().rejectedSpans() > 0) {
                logs.computeIfAbsent(transport, label -> new DeadLetterLog(LOGGER, label, System::nanoTime))
                        .addPartial(response().errorMessage());
            }
        }
    }
}
