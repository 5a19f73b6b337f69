package zipkin.ee.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import zipkin.ee.ZipkinSettings;
import zipkin.ee.budget.Budget;
import zipkin.ee.concurrent.ContainerTimer;
import zipkin.ee.config.HttpIntakeSettings;
import zipkin.ee.http.CorsPolicy;

class BodyReceptionTest {
    private static final ZipkinSettings SETTINGS = ZipkinSettings.read(name -> null);
    private static final HttpIntakeSettings HTTP = SETTINGS.httpIntake();

    private static final BodyConsumer WANTED = new BodyConsumer() {
        @Override
        public boolean takes(HttpServletRequest request) {
            return true;
        }

        @Override
        public void countRefused(HttpServletRequest request) {
            // nobody looks
        }
    };

    private static final int MAX_DISCARDED = 1000;

    private final Budget budget = new Budget(1_000_000);
    private final ReceivedBody body = new ReceivedBody(budget, HTTP.maxBodyBytes());
    private final List<String> calls = new ArrayList<>();
    private byte[] input = {};

    @BeforeEach
    void receiveSome() throws IOException {
        body.expect(100);
        body.readFrom(new ByteArrayInputStream(new byte[10]));
    }

    @Test
    void body_thatBreaks_goesOnWithItsMemoryGivenBack() {
        reception(true).onError(new IOException("Remote peer closed connection before all data could be read"));

        assertThat(calls).containsExactly("dispatch");
        assertThat(body.state()).isEqualTo(ReceivedBody.State.BROKEN);
        assertThat(budget.used()).isZero();
    }

    /** Undertow would never call who writes the answer. */
    @Test
    void body_whoseConnectionIsReset_endsItsRequestWithoutAnAnswer() {
        reception(true).onError(new SocketException("Connection reset"));

        assertThat(calls).containsExactly("getAttribute", "complete");
        assertThat(body.state()).isEqualTo(ReceivedBody.State.BROKEN);
        assertThat(budget.used()).isZero();
    }

    @Test
    void body_whoseConnectionIsResetWhileItIsRefused_endsItsRequestOnce() {
        BodyReception reception = reception(true);
        reception.late();
        calls.clear();

        // as Undertow has it
        reception.onError(new IllegalStateException(new SocketException("Connection reset")));
        reception.onError(new SocketException("Connection reset"));

        assertThat(calls).containsExactly("getAttribute", "complete", "getAttribute");
    }

    @Test
    void body_thatIsComplete_keepsItsMemoryForTheResource() {
        reception(true).onAllDataRead();

        assertThat(calls).containsExactly("dispatch");
        assertThat(body.size()).isEqualTo(10);
        assertThat(budget.used()).isEqualTo(100);
    }

    /** Else Payara may let the request go on twice. */
    @Test
    void body_thatEndsBeforeTheFirstThreadHasLeft_isDispatchedWhenItLeaves() {
        BodyReception reception = newReception(true);
        reception.onAllDataRead();
        assertThat(calls).isEmpty();

        reception.leave();
        assertThat(calls).containsExactly("dispatch");
    }

    @Test
    void body_thatNobodyWants_givesItsMemoryBack() {
        reception(false).onAllDataRead();

        assertThat(calls).containsExactly("dispatch");
        assertThat(budget.used()).isZero();
    }

    @Test
    void body_thatIsLate_isAnsweredAndNotDispatched() {
        BodyReception reception = reception(true);
        reception.late();
        reception.onAllDataRead();

        assertThat(calls).containsExactly("start");
        assertThat(budget.used()).isZero();
    }

    @Test
    void body_whoseEndIsNotTold_endsAfterItsAnnouncedBytes() throws IOException {
        BodyReception reception = newReception(true);
        reception.start(null, 60);
        reception.leave();

        input = new byte[49]; // ten have arrived before
        reception.onDataAvailable();
        assertThat(calls).isEmpty();

        input = new byte[1];
        reception.onDataAvailable();
        assertThat(calls).containsExactly("dispatch");
        assertThat(body.state()).isEqualTo(ReceivedBody.State.COMPLETE);
    }

    @Test
    void body_whoseEndIsTold_doesNotEndBefore() throws IOException {
        BodyReception reception = newReception(true);
        reception.start(null, -1);
        reception.leave();

        input = new byte[50];
        reception.onDataAvailable();

        assertThat(calls).isEmpty();
    }

    @Test
    void body_thatIsRefusedAndGoesOn_isReadUpToALimit() throws IOException {
        BodyReception reception = reception(true);
        reception.late();

        input = new byte[MAX_DISCARDED];
        reception.onDataAvailable();
        input = new byte[1];

        assertThatThrownBy(reception::onDataAvailable)
                .isInstanceOf(IOException.class)
                .hasMessage("The client continues to send a refused body");
    }

    private BodyReception reception(boolean wanted) {
        BodyReception reception = newReception(wanted);
        reception.leave();
        return reception;
    }

    private BodyReception newReception(boolean wanted) {
        return new BodyReception(
                body,
                proxy(AsyncContext.class),
                new Deadlines(HTTP, new ContainerTimer()),
                new RefusalWriter(HTTP, new CorsPolicy(SETTINGS.query(), SETTINGS.otlp())),
                MAX_DISCARDED,
                wanted ? WANTED : null);
    }

    /** Notes the calls. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <T> T proxy(Class<?> type) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getName().equals("getRequest")) {
                return proxy(HttpServletRequest.class);
            }
            if (method.getName().equals("getInputStream")) {
                return new ArrivedBytes(input);
            }
            calls.add(method.getName());
            return null;
        });
    }

    /** What has arrived, of a body that goes on. */
    private static final class ArrivedBytes extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        ArrivedBytes(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public int available() {
            return bytes.available();
        }

        @Override
        public boolean isReady() {
            return bytes.available() > 0;
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The test calls the listener itself");
        }
    }
}
