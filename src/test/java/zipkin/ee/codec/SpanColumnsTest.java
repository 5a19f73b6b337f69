package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What columns keep of a message when they are released, since spare ones are kept for long. */
class SpanColumnsTest {
    private static final int KEPT_BYTES = 600_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'traceId':'1','id':'2'}",
                "{'traceId':'1','id':'#'}",
                "{'traceId':'1','id':'2','name':'n#'}",
                "{'traceId':'1','id':'2','tags':{'a':'x\\n#'}}",
                "{'traceId':'1','id':'2','localEndpoint':{'serviceName':'s#'}}",
                "{'traceId':'1','id':'2','tags':{'a':'b','b':'b','c':'b','d':'b'}}",
                "{'traceId':'1','id':'2','annotations':[{'timestamp':1,'value':'a'},{'timestamp':2,'value':'a'}]}"
            })
    void released_areSmall_whateverTheMessageHadManyOf(String span) throws Exception {
        String list = IntStream.range(1, 30_000)
                .mapToObj(i -> span.replace('\'', '"').replace("#", Integer.toHexString(i)))
                .collect(Collectors.joining(",", "[", "]"));
        SpanColumns columns = new SpanColumns();

        assertThat(JsonV2Reader.read(list.getBytes(UTF_8), columns)).isTrue();
        assertThat(arrayBytes(columns)).isGreaterThan(2 * KEPT_BYTES);
        columns.release();

        assertThat(arrayBytes(columns)).isLessThan(KEPT_BYTES);
    }

    private static long arrayBytes(Object of) throws IllegalAccessException {
        long bytes = 0;
        for (Field field : of.getClass().getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            field.setAccessible(true);
            Object value = field.get(of);
            if (value != null && value.getClass().isArray()) {
                bytes +=
                        (long) Array.getLength(value) * (value instanceof long[] ? 8 : value instanceof byte[] ? 1 : 4);
            } else if (value instanceof MessageTexts || value instanceof EndpointTable) {
                bytes += arrayBytes(value);
            }
        }
        return bytes;
    }
}
