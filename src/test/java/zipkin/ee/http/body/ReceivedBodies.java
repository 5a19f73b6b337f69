package zipkin.ee.http.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import zipkin.ee.budget.Budget;

/** Bodies that have arrived whole, for tests of transports. */
public final class ReceivedBodies {
    private ReceivedBodies() {}

    public static ReceivedBody of(byte[] bytes) {
        return of(bytes, new Budget(Long.MAX_VALUE));
    }

    static ReceivedBody of(byte[] bytes, Budget budget) {
        ReceivedBody body = new ReceivedBody(budget, Math.max(1, bytes.length));
        InputStream in = new ByteArrayInputStream(bytes);
        body.expect(bytes.length);
        try {
            while (in.available() > 0) {
                body.readFrom(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        body.end(ReceivedBody.State.COMPLETE);
        return body;
    }
}
