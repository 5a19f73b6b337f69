package zipkin.ee.http.grpc;

import zipkin.ee.collect.Outcome;

/**
 * How a call ends.
 *
 * @param message of the answer; only sent with {@link GrpcStatus#OK}
 */
@SuppressWarnings("ArrayRecordComponent") // replies are not compared
public record GrpcReply(GrpcStatus status, byte[] message) {
    private static final byte[] NOTHING = {};

    /**
     * The end of a call whose message was accepted or refused by the collector.
     *
     * @param message of a success, in protobuf; empty for one whose fields have their defaults
     */
    public static GrpcReply of(Outcome outcome, byte[] message) {
        if (outcome instanceof Outcome.Malformed malformed) {
            return of(
                    malformed.tooLarge()
                            ? GrpcStatus.tooLarge(malformed.reason())
                            : GrpcStatus.invalid(malformed.reason()));
        }
        if (outcome instanceof Outcome.TryLater later) {
            return of(GrpcStatus.unavailable(later.reason()));
        }
        return new GrpcReply(GrpcStatus.OK, message);
    }

    /** An end without a message. */
    public static GrpcReply of(GrpcStatus status) {
        return new GrpcReply(status, NOTHING);
    }
}
