package zipkin.ee.transport.scribe;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin.ee.budget.Budget;
import zipkin.ee.budget.NoRoomException;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.Encoding;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.PlainTransport;
import zipkin.ee.collect.Transport;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.http.body.BodyBudget;
import zipkin.ee.text.SafeLogger;

/**
 * Answers calls: OK once the spans are stored, TRY_LATER when the server or the storage has no room
 * for them, an exception for what can't be read. On a few threads of the application server, so
 * that the two that serve all connections never decode.
 */
@SingleInstance
class ScribeCalls {
    private static final Logger LOGGER = SafeLogger.of(ScribeCalls.class.getName());
    private static final String LABEL = "scribe";
    private static final int THREADS = 4;

    private final ScribeSettings settings;
    private final Collector collector;
    private final CollectorCounters allCounters;
    private final Budget budget;
    private final Executor pool;

    /** A connection brings one call at a time: hence a place in the queue for each. */
    @Inject
    ScribeCalls(
            ScribeSettings settings,
            Collector collector,
            CollectorCounters counters,
            ContainerPools pools,
            BodyBudget budget) {
        this.settings = settings;
        this.collector = collector;
        this.allCounters = counters;
        this.budget = budget.bytes();
        this.pool = pools.pool(THREADS, settings.maxConnections());
    }

    @Produces
    @Singleton
    static Transport transport(ScribeSettings settings) {
        String detail = settings.enabled()
                ? "port " + settings.port() + ", category " + settings.category()
                : "set COLLECTOR_SCRIBE_ENABLED=true";
        return new PlainTransport(LABEL, settings.enabled(), detail);
    }

    /** Not before the first call: a transport that is off has no counters. */
    private TransportCounters counters() {
        return allCounters.of(LABEL);
    }

    /** Counts a call that was not read. */
    void refused() {
        counters().messageRejected();
    }

    /** Stores what a call has, and replies when that is done. Returns at once. */
    void answer(ScribeConnection connection) {
        try {
            pool.execute(() -> read(connection));
        } catch (RejectedExecutionException e) { // the application is being stopped
            connection.close();
        }
    }

    private void read(ScribeConnection connection) {
        try {
            Account account = connection.account();
            long frameBytes = account.held(budget);
            LogCall call =
                    LogCall.read(connection.takeFrame(), settings.category(), bytes -> account.require(budget, bytes));
            account.giveBack(budget, frameBytes);
            store(call, connection);
        } catch (ThriftInput.WrongFrameException e) {
            refused();
            LOGGER.log(Level.DEBUG, "A Scribe client was closed for a wrong frame", e);
            connection.close();
        } catch (NoRoomException e) {
            refused();
            LOGGER.log(Level.DEBUG, "A Scribe client was closed for want of room");
            connection.close();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, "A Scribe client was closed", e);
            connection.close();
        }
    }

    private void store(LogCall call, ScribeConnection connection) {
        if (!call.name().equals(LogCall.LOG)) {
            connection.reply(call.failure(LogCall.UNKNOWN_METHOD, "There is no method " + call.name()));
            return;
        }
        if (call.badEntries() > 0) {
            refused();
            connection.reply(call.failure(
                    LogCall.PROTOCOL_ERROR,
                    "Not valid Base64: " + call.badEntries() + " of " + (call.badEntries() + call.spanCount())
                            + " log entries"));
            return;
        }
        LogCall answered = call.withoutSpans(); // which may wait long for the storage
        collector
                .accept(Delivery.encoded(call.list(), Encoding.THRIFT, counters())
                        .with(false, connection.account()))
                .whenComplete((outcome, error) -> reply(connection, answered, outcome));
    }

    private static void reply(ScribeConnection connection, LogCall call, @Nullable Outcome outcome) {
        if (outcome instanceof Outcome.Malformed malformed) {
            connection.reply(call.failure(LogCall.PROTOCOL_ERROR, malformed.reason()));
        } else {
            connection.reply(call.reply(outcome instanceof Outcome.Stored));
        }
    }
}
