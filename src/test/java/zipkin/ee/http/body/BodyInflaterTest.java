package zipkin.ee.http.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static zipkin.ee.http.body.ContentCoding.DEFLATE;
import static zipkin.ee.http.body.ContentCoding.GZIP;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import zipkin.ee.budget.Account;
import zipkin.ee.budget.Budget;
import zipkin.ee.budget.NoRoomException;

class BodyInflaterTest {
    private static final byte[] BODY =
            "[{\"traceId\":\"a\",\"id\":\"b\"}]".repeat(20).getBytes(UTF_8);

    private final Budget budget = new Budget(10_000);
    private final Account account = new Account();
    private final BodyInflater inflater = new BodyInflater(BODY.length, budget);

    @Test
    void inflate_ofGzip_givesTheBody_whichIsHeld() throws IOException {
        assertThat(inflate(gzip(BODY), GZIP)).isEqualTo(BODY);
        assertThat(budget.used()).isEqualTo(BODY.length);
    }

    @Test
    void inflate_ofDeflate_takesItWithAndWithoutZlibHeader() throws IOException {
        assertThat(inflate(deflate(BODY, false), DEFLATE)).isEqualTo(BODY);
        assertThat(inflate(deflate(BODY, true), DEFLATE)).isEqualTo(BODY);
        assertThat(budget.used()).isEqualTo(2L * BODY.length);
    }

    @Test
    void inflate_ofAPartOfAnArray_leavesTheRest() throws IOException {
        byte[] gzip = gzip(BODY);
        byte[] framed = new byte[gzip.length + 10];
        System.arraycopy(gzip, 0, framed, 5, gzip.length);

        assertThat(inflater.inflate(framed, 5, 5 + gzip.length, GZIP, account)).isEqualTo(BODY);
    }

    /** The length at the end is that of the last member only. */
    @Test
    void inflate_ofTwoMembers_givesBoth() throws IOException {
        byte[] half = Arrays.copyOf(BODY, BODY.length / 2);
        byte[] rest = Arrays.copyOfRange(BODY, half.length, BODY.length);

        assertThat(inflate(concat(gzip(half), gzip(rest)), GZIP)).isEqualTo(BODY);
        assertThat(budget.used()).isEqualTo(BODY.length);
    }

    @Test
    void inflate_ofGzipWithRubbishBehindIt_givesTheBody() throws IOException {
        assertThat(inflate(concat(gzip(BODY), new byte[] {1, 2, 0, 0}), GZIP)).isEqualTo(BODY);
        assertThat(budget.used()).isEqualTo(BODY.length);
    }

    @Test
    void inflate_ofNothing_givesNothing() throws IOException {
        assertThat(inflate(new byte[0], GZIP)).isEmpty();
        assertThat(inflate(gzip(new byte[0]), GZIP)).isEmpty();
    }

    @Test
    void inflate_ofSomethingElse_saysSo_andHoldsNothing() {
        assertThatThrownBy(() -> inflate(BODY, GZIP)).hasMessage("Cannot gunzip spans");
        assertThatThrownBy(() -> inflate(BODY, DEFLATE)).hasMessage("Cannot inflate spans");
        assertThat(budget.used()).isZero();
    }

    @Test
    void inflate_ofABodyThatIsCut_saysSo_andHoldsNothing() throws IOException {
        byte[] gzip = gzip(BODY);
        byte[] zlib = deflate(BODY, false);

        for (int length = 1; length < gzip.length; length++) {
            byte[] cut = Arrays.copyOf(gzip, length);
            assertThatThrownBy(() -> inflate(cut, GZIP)).hasMessage("Cannot gunzip spans");
        }
        assertThatThrownBy(() -> inflate(Arrays.copyOf(zlib, zlib.length / 2), DEFLATE))
                .hasMessage("Cannot inflate spans");
        assertThat(budget.used()).isZero();
    }

    @Test
    void inflate_beyondTheBound_stopsThere_andHoldsNothing() throws IOException {
        byte[] large = new byte[BODY.length + 1];

        assertThatThrownBy(() -> inflate(gzip(large), GZIP)).isInstanceOf(BodyInflater.TooLargeException.class);
        assertThatThrownBy(() -> inflate(deflate(large, true), DEFLATE))
                .isInstanceOf(BodyInflater.TooLargeException.class);
        assertThat(budget.used()).isZero();
    }

    /** It would need as many bytes as its end says, before it is known that this is a lie. */
    @Test
    void inflate_ofAWrongLengthAtTheEnd_isRefused() throws IOException {
        byte[] gzip = gzip(BODY);
        gzip[gzip.length - 4]--;

        assertThatThrownBy(() -> inflate(gzip, GZIP)).hasMessage("Cannot gunzip spans");
        assertThat(budget.used()).isZero();
    }

    @Test
    void inflate_beyondTheBudget_isTemporary_whenOthersHoldIt() throws IOException {
        Account others = new Account();
        others.require(budget, 9_900);

        assertThatThrownBy(() -> inflate(gzip(BODY), GZIP))
                .isInstanceOfSatisfying(
                        NoRoomException.class, e -> assertThat(e.isTemporary()).isTrue());
        others.close();
        assertThat(inflate(gzip(BODY), GZIP)).isEqualTo(BODY);
    }

    private byte[] inflate(byte[] body, ContentCoding coding) throws IOException {
        return inflater.inflate(body, 0, body.length, coding, account);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] gzip(byte[] body) {
        return GzipFiles.gzip(body);
    }

    private static byte[] deflate(byte[] body, boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflate = new DeflaterOutputStream(out, new Deflater(6, raw))) {
            deflate.write(body);
        }
        return out.toByteArray();
    }
}
