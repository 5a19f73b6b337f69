package zipkin.ee.testing;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** grpc-java's client of {@code zipkin.proto3.SpanService} and of other services, without TLS. */
public final class GrpcClient implements AutoCloseable {
    private static final String SERVICE = "zipkin.proto3.SpanService/";
    private static final String REPORT = SERVICE + "Report";

    private final ManagedChannel channel;

    public GrpcClient(URI server) {
        channel = OkHttpChannelBuilder.forAddress(server.getHost(), server.getPort())
                .usePlaintext()
                .build();
    }

    /** Spans as the message of a report. */
    public static byte[] proto3(List<Span> spans) {
        return SpanBytesEncoder.PROTO3.encodeList(spans);
    }

    /**
     * Reports a message as it is.
     *
     * @return the answer's message
     * @throws StatusRuntimeException when it is refused
     */
    public byte[] report(byte[] message) {
        return call(REPORT, CallOptions.DEFAULT, message);
    }

    /** The same compressed by gzip. */
    public byte[] reportGzipped(byte[] message) {
        return call(REPORT, CallOptions.DEFAULT.withCompression("gzip"), message);
    }

    /** The same without waiting. */
    public ListenableFuture<byte[]> reportLater(byte[] message) {
        return ClientCalls.futureUnaryCall(channel.newCall(method(REPORT), CallOptions.DEFAULT), message);
    }

    /** The status of a report that is refused. */
    public Status refusedReport(byte[] message) {
        return refusedCall(REPORT, message).getStatus();
    }

    /** The status of a call of any method of SpanService that is refused. */
    public Status refused(String method, byte[] message) {
        return refusedCall(SERVICE + method, message).getStatus();
    }

    /**
     * Calls a method.
     *
     * @param method {@code package.Service/Method}
     * @return the answer's message
     */
    public byte[] call(String method, byte[] message) {
        return call(method, CallOptions.DEFAULT, message);
    }

    /** A call of a method that is refused. */
    public StatusRuntimeException refusedCall(String method, byte[] message) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> call(method, message));
    }

    private byte[] call(String method, CallOptions options, byte[] message) {
        return ClientCalls.blockingUnaryCall(
                channel, method(method), options.withDeadlineAfter(30, TimeUnit.SECONDS), message);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static MethodDescriptor<byte[], byte[]> method(String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(name)
                .build();
    }

    /** A message as it is: whoever encodes it knows what is in it. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try (stream) {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
