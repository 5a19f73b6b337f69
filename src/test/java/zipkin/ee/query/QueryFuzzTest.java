package zipkin.ee.query;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.net.URLDecoder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import zipkin.ee.hostile.Fuzzing;
import zipkin.ee.hostile.SpanMutator;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * Nothing but a request or an IllegalArgumentException, which is 400, comes of any query string and
 * any trace id.
 */
class QueryFuzzTest {
    private static final int MAX_LIMIT = 10_000;

    @Test
    void mutatedQueryStrings_areRequestsOrRefused() {
        SpanMutator mutator = mutator(
                "serviceName=Frontend&spanName=get+/users/{id}&annotationQuery=error+and+http.path%3D/a%3Db+and+x",
                "annotationQuery=a=1 and b and c=2 and = and  and &minDuration=1&maxDuration=20&limit=5",
                "endTs=1472470996199&lookback=86400000&limit=10&remoteServiceName=db",
                "limit=&endTs=&minDuration=");
        int read = 0;
        for (int i = 0; i < Fuzzing.MUTATIONS; i++) {
            String query = new String(mutator.next(), ISO_8859_1);
            try {
                QueryRequest request = TracesResource.queryRequest(parameters(query), 86_400_000, MAX_LIMIT);
                read++;
                int terms = request.annotationQuery().size();
                if (request.limit() < 1 || request.limit() > MAX_LIMIT || terms > 1 + query.length() / 2) {
                    assertThat(request).as("mutation %s", i).isNull();
                }
            } catch (IllegalArgumentException e) {
                if (e.getMessage() == null) {
                    assertThat(e).as("mutation %s", i).hasMessageContaining(" ");
                }
            }
        }
        assertThat(read).isBetween(Fuzzing.MUTATIONS / 200, Fuzzing.MUTATIONS - Fuzzing.MUTATIONS / 200);
    }

    @Test
    void mutatedTraceIds_areNormalOrRefused() {
        SpanMutator mutator = mutator(
                "463ac35c9f6413ad48485a3953bb6124",
                "48485a3953bb6124",
                "1",
                "00000000000000000000000000000abc,48485a3953bb6124,2",
                " 463AC35C9F6413AD ");
        int read = 0;
        for (int i = 0; i < Fuzzing.MUTATIONS; i++) {
            String ids = new String(mutator.next(), UTF_8);
            try {
                String id = Span.normalizeTraceId(ids.trim());
                read++;
                requireNormal(id, i);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage() != null).isTrue();
            }
            try {
                Set<String> many = TracesResource.traceIds(ids);
                many.forEach(id -> requireNormal(id, -1));
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage() != null).isTrue();
            }
        }
        assertThat(read).isBetween(Fuzzing.MUTATIONS / 200, Fuzzing.MUTATIONS - Fuzzing.MUTATIONS / 200);
    }

    private static void requireNormal(String id, int mutation) {
        boolean normal = id.length() == 16 || id.length() == 32;
        for (int i = 0; i < id.length(); i++) {
            normal &= "0123456789abcdef".indexOf(id.charAt(i)) >= 0;
        }
        if (!normal) {
            assertThat(id).as("mutation %s", mutation).matches("([0-9a-f]{16}){1,2}");
        }
    }

    private static SpanMutator mutator(String... good) {
        return new SpanMutator(
                List.of(good).stream().map(text -> text.getBytes(UTF_8)).toList(), 20261130);
    }

    /** As a container splits and decodes them: what cannot be decoded stays. */
    private static QueryParameters parameters(String query) {
        jakarta.ws.rs.core.MultivaluedMap<String, String> all = new Parameters();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            all.add(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        UriInfo uri = (UriInfo) Proxy.newProxyInstance(
                QueryFuzzTest.class.getClassLoader(),
                new Class<?>[] {UriInfo.class},
                (proxy, method, arguments) -> all);
        return new QueryParameters(uri);
    }

    private static String decoded(String text) {
        if (text.matches("(?s)(?:[^%]|%[0-9a-fA-F]{2})*+")) {
            return URLDecoder.decode(text, UTF_8);
        }
        return text;
    }

    private static final class Parameters extends jakarta.ws.rs.core.AbstractMultivaluedMap<String, String> {
        private static final long serialVersionUID = 1L;

        Parameters() {
            super(new java.util.HashMap<>());
        }
    }
}
