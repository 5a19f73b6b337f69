package zipkin.ee.storage.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import zipkin2.Annotation;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Writes spans as packs of <a href="https://github.com/scouter-project/scouter">Scouter</a>, with
 * the names and fields of scouter-project/zipkin-scouter. Each datagram is the letters CAFE and a
 * pack. Packs refer to texts by their hashes. Not thread safe.
 */
final class ScouterPacks {
    private static final byte[] CAFE = "CAFE".getBytes(UTF_8);
    private static final int XLOG = 21;
    private static final int SPAN = 31;
    private static final int SPAN_CONTAINER = 32;
    private static final int TEXT = 50;
    private static final int OBJECT = 80;
    private static final int XLOG_OF_ZIPKIN = 5;
    private static final int UNKNOWN_KIND = 99;
    private static final int ID_DIGITS = 16;

    private static final int MAX_TEXT_BYTES = 8_000;
    private static final long TEXT_AGAIN_MILLIS = 600_000;
    private static final long OBJECT_AGAIN_MILLIS = 30_000;
    private static final long OBJECT_DEAD_MILLIS = 300_000;

    private final ScouterSettings settings;
    private final LongSupplier millis;
    private final ScouterDictionary dictionary;
    private final List<byte[]> datagrams = new ArrayList<>();

    ScouterPacks(ScouterSettings settings, LongSupplier millis) {
        this.settings = settings;
        this.millis = millis;
        this.dictionary = new ScouterDictionary(millis);
    }

    /** The datagrams of some spans, in the order in which they are to be sent. */
    List<byte[]> of(List<Span> spans) {
        datagrams.clear();
        Map<Long, List<Span>> traces = new LinkedHashMap<>();
        spans.forEach(span -> traces.computeIfAbsent(id(span.traceId()), id -> new ArrayList<>())
                .add(span));
        traces.forEach(this::trace);
        return List.copyOf(datagrams);
    }

    private void trace(long traceId, List<Span> spans) {
        PackWriter container = new PackWriter();
        int size = 0;
        for (Span span : spans) {
            object(span);
            byte[] pack = span(span, true);
            // Container, blob and CAFE around it take less than a hundred bytes.
            int room = settings.maxPacketBytes() - 100;
            if (pack.length > room) {
                pack = span(span, false);
            }
            if (size > 0 && size + pack.length > room) {
                container(traceId, spans.size(), container.bytes());
                container = new PackWriter();
                size = 0;
            }
            container.put(pack);
            size += pack.length;
        }
        container(traceId, spans.size(), container.bytes());
        for (Span span : spans) {
            if (span.kind() == Span.Kind.SERVER || span.kind() == Span.Kind.CONSUMER) {
                xlog(span);
            }
        }
    }

    private void container(long traceId, int spanCount, byte[] spans) {
        datagram(
                SPAN_CONTAINER,
                new PackWriter()
                        .int64(traceId)
                        .decimal(spanCount)
                        .int64(millis.getAsLong())
                        .blob(spans));
    }

    /**
     * @param whole false leaves out annotations and tags, for a span that would be too large
     */
    private byte[] span(Span span, boolean whole) {
        List<Annotation> annotations = whole ? span.annotations() : List.of();
        return new PackWriter()
                .octet(SPAN)
                .int64(id(span.traceId()))
                .int64(id(span.id()))
                .int64(parent(span))
                .int64(startMillis(span))
                .decimal(elapsedMillis(span))
                .octet(kind(span))
                .decimal(name(span))
                .decimal(objectHash(span))
                .decimal(error(span))
                .decimal(text("object", span.localServiceName()))
                .blob(ip(span.localEndpoint()))
                .int16(port(span.localEndpoint()))
                .decimal(text("object", span.remoteServiceName()))
                .blob(ip(span.remoteEndpoint()))
                .int16(port(span.remoteEndpoint()))
                .flag(Boolean.TRUE.equals(span.debug()))
                .flag(Boolean.TRUE.equals(span.shared()))
                .decimalsValue(annotations.stream()
                        .map(annotation -> annotation.timestamp() / 1000)
                        .toList())
                .textsValue(annotations.stream().map(Annotation::value).toList())
                .mapValue(whole ? span.tags() : Map.of())
                .bytes();
    }

    private void xlog(Span span) {
        PackWriter xlog = new PackWriter()
                .decimal(startMillis(span) + elapsedMillis(span))
                .decimal(objectHash(span))
                .decimal(name(span))
                .int64(id(span.id()))
                .int64(parent(span))
                .int64(id(span.traceId()))
                .decimal(elapsedMillis(span))
                .decimal(error(span));
        zeros(xlog, 3); // CPU, count and time of SQL
        xlog.blob(null); // address
        zeros(xlog, 8); // kilobytes, status, user, agent, referer, group, count and time of calls
        xlog.text(null) // country
                .decimal(0) // city
                .octet(XLOG_OF_ZIPKIN)
                .decimal(text("login", firstTag(span, settings.loginTags())))
                .decimal(text("desc", firstTag(span, settings.descriptionTags())));
        zeros(xlog, 2); // web server
        xlog.octet(0) // dump
                .decimal(0) // thread
                .text(tags(span, settings.text1Tags()))
                .text(tags(span, settings.text2Tags()));
        zeros(xlog, 4); // queues
        xlog.text(tags(span, settings.text3Tags()))
                .text(tags(span, settings.text4Tags()))
                .text(tags(span, settings.text5Tags()));
        datagram(XLOG, new PackWriter().blob(xlog.bytes()));
    }

    private static void zeros(PackWriter pack, int count) {
        for (int i = 0; i < count; i++) {
            pack.decimal(0);
        }
    }

    /** Announces the service as an object, which Scouter forgets if it is not announced again. */
    private void object(Span span) {
        String name = objectName(span);
        if (!dictionary.isDue("alive " + name, OBJECT_AGAIN_MILLIS)) {
            return;
        }
        String service = span.localServiceName();
        String type = service == null ? "zipkin" : "z$" + settings.objectTypes().getOrDefault(service, service);
        Endpoint endpoint = span.localEndpoint();
        datagram(
                OBJECT,
                new PackWriter()
                        .text(type)
                        .decimal(ScouterDictionary.hash(name))
                        .text(name)
                        .text(endpoint == null ? null : endpoint.ipv4() + ":" + endpoint.portAsInt())
                        .text(null)
                        .flag(true)
                        .decimal(0)
                        .mapValue(Map.of("detected", "zipkin", "deadTime", OBJECT_DEAD_MILLIS)));
    }

    private int objectHash(Span span) {
        return text("object", objectName(span));
    }

    private static String objectName(Span span) {
        return "ZIPKIN/" + Objects.requireNonNullElse(span.localServiceName(), "UNKNOWN");
    }

    /** The tags of a client's span describe the call better than its name. */
    private int name(Span span) {
        String name = Objects.requireNonNullElse(span.name(), "");
        if (span.kind() == Span.Kind.CLIENT) {
            String sql = span.tags().get("sql.query");
            String path = span.tags().get("http.path");
            if (sql != null) {
                name = sql.replaceAll("\\s+", " ");
            } else if (path != null) {
                name = span.tags().getOrDefault("http.method", "") + " " + path;
            }
        }
        return text("service", name.strip());
    }

    private int error(Span span) {
        String error = span.tags().get("error");
        return error == null || error.isEmpty() ? 0 : text("error", error);
    }

    /** The hash of a text, which is sent before the pack that refers to it; 0 for none. */
    private int text(String type, @Nullable String text) {
        if (text == null) {
            return 0;
        }
        String shortened = Truncated.of(text, MAX_TEXT_BYTES).text();
        int hash = ScouterDictionary.hash(shortened);
        if (dictionary.isDue(type + " " + hash, TEXT_AGAIN_MILLIS)) {
            datagram(TEXT, new PackWriter().text(type).int32(hash).text(shortened));
        }
        return hash;
    }

    private void datagram(int type, PackWriter pack) {
        datagrams.add(new PackWriter().put(CAFE).octet(type).put(pack.bytes()).bytes());
    }

    private static @Nullable String firstTag(Span span, List<String> names) {
        return names.stream()
                .map(name -> span.tags().get(name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String tags(Span span, List<String> names) {
        List<String> values = new ArrayList<>();
        for (String name : names) {
            String value = span.tags().get(name);
            if (value != null && !value.isEmpty()) {
                values.add(value);
            }
        }
        return values.isEmpty()
                ? null
                : Truncated.of(String.join(",", values), MAX_TEXT_BYTES).text();
    }

    /** Scouter's ids have 64 bits. */
    private static long id(String hex) {
        return Long.parseUnsignedLong(hex.substring(Math.max(0, hex.length() - ID_DIGITS)), 16);
    }

    private static long parent(Span span) {
        return span.parentId() == null ? 0 : id(span.parentId());
    }

    private long startMillis(Span span) {
        return span.timestampAsLong() == 0 ? millis.getAsLong() : span.timestampAsLong() / 1000;
    }

    private static int elapsedMillis(Span span) {
        return (int) Math.min(Integer.MAX_VALUE, span.durationAsLong() / 1000);
    }

    private static int kind(Span span) {
        Span.Kind kind = span.kind();
        if (kind == null) {
            return UNKNOWN_KIND;
        }
        return switch (kind) {
            case CLIENT -> 0;
            case SERVER -> 1;
            case PRODUCER -> 2;
            case CONSUMER -> 3;
        };
    }

    private static byte @Nullable [] ip(@Nullable Endpoint endpoint) {
        return endpoint == null ? null : endpoint.ipv4Bytes();
    }

    private static int port(@Nullable Endpoint endpoint) {
        return endpoint == null ? 0 : endpoint.portAsInt();
    }
}
