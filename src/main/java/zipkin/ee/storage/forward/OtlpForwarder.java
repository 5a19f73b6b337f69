package zipkin.ee.storage.forward;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import zipkin.ee.codec.otlp.OtlpAnswers;
import zipkin.ee.codec.otlp.OtlpWriter;
import zipkin.ee.http.client.ForwardingPath;
import zipkin.ee.http.client.Http;
import zipkin2.Span;

/** Posts spans over OTLP/HTTP in protobuf, to a Collector or any other server that takes it. */
final class OtlpForwarder extends PostingForwarder {
    private static final int MAX_REASON = 500;

    private final PartialSuccesses partial;

    OtlpForwarder(OtlpForwarderSettings settings, ForwardingPath path, PartialSuccesses partial) {
        super(
                "otlp-forwarder",
                new Target(
                        settings.endpoint(),
                        headers(settings),
                        settings.gzip(),
                        settings.timeout(),
                        settings.maxMessageBytes()),
                path);
        this.partial = partial;
    }

    private static Map<String, String> headers(OtlpForwarderSettings settings) {
        Map<String, String> headers = new LinkedHashMap<>(settings.headers());
        headers.put("Content-Type", "application/x-protobuf");
        return headers;
    }

    @Override
    byte[] encode(List<Span> spans) {
        return OtlpWriter.toProtobuf(spans);
    }

    /** OTLP demands that spans which were refused one by one are not sent again. */
    @Override
    void taken(Http.Answer answer) {
        partial.add(OtlpAnswers.partialSuccess(answer.content()));
    }

    @Override
    String reason(Http.Answer answer) {
        String reason = OtlpAnswers.refusal(answer.content());
        return reason.substring(0, Math.min(MAX_REASON, reason.length())).strip();
    }
}
