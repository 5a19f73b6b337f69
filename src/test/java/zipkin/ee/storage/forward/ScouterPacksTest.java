package zipkin.ee.storage.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import zipkin.ee.ZipkinSettings;
import zipkin2.Endpoint;
import zipkin2.Span;

/** What a collector makes of the packs is in ForwardingIT; here are bounds and repetitions. */
class ScouterPacksTest {
    private static final int XLOG = 21;
    private static final int SPAN_CONTAINER = 32;
    private static final int TEXT = 50;
    private static final int OBJECT = 80;
    private static final int MAX = 10_000;

    private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
    private final ScouterPacks packs = new ScouterPacks(
            ZipkinSettings.read(Map.of("SCOUTER_UDP_PACKET_MAX_BYTES", Integer.toString(MAX))::get)
                    .scouter(),
            millis::get);

    private static Span.Builder span(long id) {
        return Span.newBuilder()
                .traceId("5759e988bd862e3fe1be46a994272793")
                .id(id)
                .kind(Span.Kind.SERVER)
                .name("get")
                .localEndpoint(Endpoint.newBuilder().serviceName("shop").build())
                .timestamp(1_700_000_000_000_000L)
                .duration(70_000);
    }

    private static List<Integer> types(List<byte[]> datagrams) {
        assertThat(datagrams)
                .allSatisfy(datagram ->
                        assertThat(new String(datagram, 0, 4, UTF_8)).isEqualTo("CAFE"))
                .allSatisfy(datagram -> assertThat(datagram.length).isLessThanOrEqualTo(MAX));
        return datagrams.stream().map(datagram -> (int) datagram[4]).toList();
    }

    @Test
    void textsAndObjects_goBeforeWhatNamesThem_andAgainAfterAWhile() {
        List<Span> spans = List.of(span(1).build());
        // The object, then the texts of its name, the span's name and the service.
        assertThat(types(packs.of(spans))).containsExactly(OBJECT, TEXT, TEXT, TEXT, SPAN_CONTAINER, XLOG);
        assertThat(types(packs.of(spans))).containsExactly(SPAN_CONTAINER, XLOG);
        millis.addAndGet(30_000);
        assertThat(types(packs.of(spans))).containsExactly(OBJECT, SPAN_CONTAINER, XLOG);
        millis.addAndGet(600_000);
        assertThat(types(packs.of(spans))).containsExactly(OBJECT, TEXT, TEXT, TEXT, SPAN_CONTAINER, XLOG);
    }

    @Test
    void hash_isTheCollectors() {
        byte[] text = packs.of(List.of(span(1).name("hello world").build())).stream()
                .filter(datagram -> new String(datagram, UTF_8).contains("hello world"))
                .findFirst()
                .orElseThrow();

        // CAFE, the pack's type, its text's type behind a length, and the hash as
        // scouter.util.HashUtil has it.
        assertThat(HexFormat.of().formatHex(text))
                .startsWith("4341464532" + "07" + "73657276696365" + "0d4a1185" + "0b");
    }

    @Test
    void packetsAreBounded_tagsThatDoNotFitAreLeftOut() {
        Map<String, Integer> counts;
        List<Span> spans = new ArrayList<>();
        IntStream.rangeClosed(1, 40)
                .forEach(i -> spans.add(span(i).putTag("long", "x".repeat(1000)).build()));
        spans.add(span(41).putTag("too.long", "ö".repeat(MAX))
                .putTag("error", "ö".repeat(MAX))
                .build());

        counts = types(packs.of(spans)).stream().collect(Collectors.toMap(String::valueOf, type -> 1, Integer::sum));

        assertThat(counts).containsEntry("21", 41).containsEntry("32", 5);
    }

    @Test
    void onlyServersAndConsumers_areXLogs_andTextsAreForgottenBeyondABound() {
        List<Span> spans = new ArrayList<>();
        for (Span.Kind kind : Span.Kind.values()) {
            spans.add(span(spans.size() + 1).kind(kind).build());
        }
        spans.add(span(9).kind(null).clearTags().timestamp(0).build());
        assertThat(types(packs.of(spans)).stream().filter(type -> type == XLOG)).hasSize(2);

        for (int i = 0; i < 10_100; i++) {
            packs.of(List.of(span(1).name("name " + i).build()));
        }
        assertThat(types(packs.of(List.of(span(1).name("name 0").build())))).contains(TEXT);
        assertThat(types(packs.of(List.of(span(1).name("name 10099").build())))).doesNotContain(TEXT);
    }
}
