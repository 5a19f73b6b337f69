package zipkin.ee.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * Every query endpoint and parameter over {@link Dataset}, with good, bad, empty, missing and
 * repeated values.
 */
final class QueryCases {
    private static final List<String> ROOTS = List.of("/api/v2/", "/zipkin/api/v2/");

    private final String area;
    private final List<Case> cases = new ArrayList<>();

    private QueryCases(String area) {
        this.area = area;
    }

    /** The empty store, the data, and every question about it. */
    static List<Case> all() {
        QueryCases before = new QueryCases("query before data");
        before.questions();
        List<Case> all = new ArrayList<>(before.cases);
        all.addAll(Dataset.posts());
        QueryCases after = new QueryCases("query");
        after.questions();
        after.traces();
        after.traceSearch();
        after.annotationQueries();
        after.windows();
        after.traceIds();
        after.dependencies();
        all.addAll(after.cases);
        return all;
    }

    /** A few questions for servers whose other settings are under test. */
    static List<Case> few(String area) {
        QueryCases few = new QueryCases(area);
        few.questions();
        few.ask("trace/" + Dataset.SHARED);
        few.ask("trace/dead");
        few.ask("traceMany?traceIds=" + Dataset.SHARED + "," + Dataset.WIDE);
        few.ask("dependencies?endTs=" + Moment.millis(100));
        few.ask("traces?limit=0");
        few.ask("traces?serviceName=frontend&endTs=" + Moment.millis(100));
        few.ask("traces?annotationQuery=error&endTs=" + Moment.millis(100));
        return few.cases;
    }

    private void questions() {
        ask("services");
        for (String endpoint : List.of("spans", "remoteServices")) {
            ask(endpoint);
            for (String service : List.of(
                    "",
                    "frontend",
                    "FRONTEND",
                    "backend",
                    "service-0",
                    "consumer",
                    "nothing",
                    "all",
                    "%20frontend",
                    "fr%C3%BCh",
                    "a+b")) {
                ask(endpoint + "?serviceName=" + service);
            }
            ask(endpoint + "?serviceName=frontend&serviceName=backend");
            ask(endpoint + "?servicename=frontend");
            ask(endpoint + "?serviceName");
        }
        ask("autocompleteKeys");
        ask("autocompleteKeys?x=1");
        ask("autocompleteValues");
        for (String key : List.of(
                "", "env", "ENV", "clnt/finagle.version", "clnt%2Ffinagle.version", "http.path", "%20", "env&key=x")) {
            ask("autocompleteValues?key=" + key);
        }
        ask("traces");
        ask("traces?limit=1000");
    }

    private void traces() {
        for (String parameter : List.of("endTs", "lookback", "limit", "minDuration", "maxDuration")) {
            for (String value : List.of(
                    "",
                    "0",
                    "-1",
                    "1",
                    "abc",
                    "1.5",
                    "1e3",
                    "%20",
                    "%201",
                    "+1",
                    "%2B1",
                    "0x10",
                    "1L",
                    "2147483647",
                    "2147483648",
                    "9223372036854775807",
                    "9223372036854775808",
                    "99999999999999999999",
                    "-9223372036854775808",
                    "%D9%A1",
                    "1&PARAMETER=abc",
                    "abc&PARAMETER=1",
                    "&PARAMETER=1")) {
                ask("traces?" + parameter + "=" + value.replace("PARAMETER", parameter));
            }
            ask("traces?" + parameter);
        }
        for (String query : List.of(
                "minDuration=5&maxDuration=1",
                "minDuration=0&maxDuration=5",
                "minDuration=-1&maxDuration=5",
                "minDuration=&maxDuration=5",
                "endTs=0&limit=0&lookback=0&minDuration=0",
                "limit=0&lookback=0",
                "lookback=0&minDuration=0",
                "endTs=abc&limit=abc",
                "limit=abc&endTs=abc",
                "lookback=abc&limit=0",
                "serviceName=a&limit=abc",
                "x=y&limit=2",
                "&&limit=2",
                "limit=2&",
                "=&limit=2",
                "limit=2#x",
                "limit=2;x=y",
                "limit=2&%",
                "limit=2&serviceName=%",
                "limit=2&serviceName=%zz",
                "limit=2&serviceName=%C3",
                "serviceName=%00",
                "spanName=%F0%9F%98%80",
                "limit=2&x={a|b}^`\\\"<>",
                "limit=2&serviceName={a|b}",
                "limit=2&{=}",
                "spanName=get /{id}".replace(' ', '+'),
                "limit%3D2")) {
            ask("traces?" + query);
        }
    }

    private void traceSearch() {
        for (String query : List.of(
                "serviceName=frontend",
                "serviceName=FRONTEND",
                "serviceName=backend",
                "serviceName=mysql",
                "serviceName=",
                "serviceName=nope",
                "serviceName=all",
                "serviceName=unicode",
                "serviceName=untimed",
                "serviceName=frontend&serviceName=back",
                "spanName=get%20/",
                "spanName=GET+/",
                "spanName=all",
                "spanName=ALL",
                "spanName=",
                "spanName=op-3",
                "spanName=nope",
                "spanName=gr%C3%BC%C3%9F+gott",
                "serviceName=frontend&spanName=get%20/api",
                "serviceName=backend&spanName=get%20/",
                "serviceName=durationless&spanName=all",
                "remoteServiceName=backend",
                "remoteServiceName=BACKEND",
                "remoteServiceName=",
                "remoteServiceName=nope",
                "serviceName=frontend&remoteServiceName=backend",
                "serviceName=backend&remoteServiceName=mysql",
                "serviceName=frontend&remoteServiceName=mysql",
                "remoteServiceName=broker",
                "remoteServiceName=remote-3&spanName=op-3",
                "minDuration=1",
                "minDuration=1000",
                "minDuration=200000",
                "minDuration=1000&maxDuration=1005",
                "minDuration=900000",
                "minDuration=900000&serviceName=front",
                "minDuration=900000&serviceName=back",
                "minDuration=5000&maxDuration=5000",
                "minDuration=80000&maxDuration=80000&serviceName=frontend",
                "minDuration=70000&maxDuration=70000&serviceName=frontend",
                "minDuration=1000000000",
                "serviceName=service-1&limit=2",
                "limit=1",
                "limit=3",
                "limit=100")) {
            ask("traces?" + query + "&endTs=" + Moment.millis(100));
        }
    }

    private void annotationQueries() {
        for (String query : List.of(
                "error",
                "error=",
                "error=500",
                "error=501",
                "ERROR",
                "env",
                "env=prod",
                "env=PROD",
                "env=prod+and+error",
                "error+and+env=prod",
                "env=prod%20and%20http.path=/",
                "env=prod+AND+error",
                "env=prod++and++error",
                "+env=prod+",
                "and",
                "+and+",
                "error+and+",
                "+and+error",
                "env=prod+and+env=test",
                "wire+send",
                "wire",
                "two+words",
                "two+words+and+key",
                "key=v%C3%A4l%3Due",
                "key%3Dv%C3%A4l",
                "a%3Db%3Dc",
                "a%3Db",
                "a",
                "=x",
                "=",
                "",
                "cache.miss+and+http.method=GET",
                "cache.miss+and+env=stage",
                "sql.query=select+1",
                "error%0Aand",
                "error&annotationQuery=env",
                "env=none",
                "n=x",
                "http.path=/",
                "http.path=%2F")) {
            ask("traces?annotationQuery=" + query + "&limit=100&endTs=" + Moment.millis(100));
        }
        ask("traces?annotationQuery=error&serviceName=frontend&endTs=" + Moment.millis(100));
        ask("traces?annotationQuery=error&serviceName=backend&endTs=" + Moment.millis(100));
        ask("traces?annotationQuery=cache.miss+and+http.method=GET&serviceName=front&endTs=" + Moment.millis(100));
        ask("traces?annotationQuery=env=prod&remoteServiceName=backend&endTs=" + Moment.millis(100));
        ask("traces?annotationQuery=env=prod&minDuration=90000&endTs=" + Moment.millis(100));
    }

    private void windows() {
        for (int second : List.of(0, 1, 2, 5, 7, 8, 60)) {
            for (int lookback : List.of(1, 1000, 5000)) {
                ask("traces?limit=100&endTs=" + Moment.millis(second) + "&lookback=" + lookback);
                ask("traces?limit=100&endTs=" + (Moment.millis(second) + 1) + "&lookback=" + lookback);
            }
        }
        ask("traces?limit=100&lookback=1");
        ask("traces?limit=100&lookback=60000");
        ask("traces?limit=100&lookback=99999999999999");
        ask("traces?limit=100&lookback=9223372036854775807&endTs=9223372036854775807");
        ask("traces?limit=100&endTs=1");
        ask("traces?limit=100&endTs=99999999999999");
    }

    private void traceIds() {
        for (String id : List.of(
                Dataset.SHARED,
                Dataset.WIDE,
                "48485a3953bb6125",
                "0000000000000000" + Dataset.SHARED,
                "463AC35C9F6413AD48485A3953BB6125",
                "a03",
                "0a03",
                "0000000000000a03",
                "00000000000000000000000000000a03",
                "%20a03",
                "a03%20",
                "%09a03",
                "a03+",
                "a%2003",
                "A03",
                "0",
                "000",
                "00000000000000000000000000000000",
                "xyz",
                "0xa03",
                "a03g",
                "-1",
                "dead",
                "12345678901234567",
                "123456789012345678901234567890123",
                "1234567890123456789012345678901g",
                "a03%2F",
                "a03%2Fx",
                "a03;x=1",
                "a03?x=1",
                "%C3%A9",
                "\u00e9",
                "%zz",
                "%",
                "%20",
                "a03%00",
                "a03,a04",
                "..",
                ".",
                "a03/",
                "a03/x",
                "")) {
            ask("trace/" + id);
        }
        for (String ids : List.of(
                "",
                "a03",
                "a03,",
                ",a03",
                ",",
                "a03,a04",
                "a04,a03",
                "a03,a03",
                "a03,0a03",
                "a03,dead",
                "dead,beef",
                "a03,xyz",
                "a03,A04",
                "a03,0",
                "a03,%20a04",
                "a03%2Ca04",
                "a03+a04",
                "a03,,a04",
                "a03,a04,a05,a06,a07",
                Dataset.WIDE + "," + Dataset.SHARED,
                "a03,123456789012345678901234567890123",
                "a03&traceIds=a04",
                "a03,a04&traceIds=a05",
                "&traceIds=a03,a04")) {
            ask("traceMany?traceIds=" + ids);
        }
        ask("traceMany");
        ask("traceMany?traceids=a03,a04");
    }

    private void dependencies() {
        ask("dependencies");
        ask("dependencies?lookback=1000");
        for (String value : List.of(
                "",
                "0",
                "-1",
                "1",
                "abc",
                "1.5",
                "%201",
                "99999999999999999999",
                "9223372036854775807",
                "1&endTs=abc")) {
            ask("dependencies?endTs=" + value);
            ask("dependencies?endTs=" + Moment.millis(100) + "&lookback=" + value);
        }
        for (int second : List.of(0, 1, 2, 4, 10, 14, 15, 100)) {
            ask("dependencies?endTs=" + Moment.millis(second));
            ask("dependencies?endTs=" + (Moment.millis(second) + 1) + "&lookback=1000");
        }
        ask("dependencies?endTs=" + Moment.millis(100) + "&limit=1");
    }

    private void ask(String question) {
        String root = ROOTS.get(cases.size() % ROOTS.size());
        String stable = question.replace(Long.toString(Moment.START_MILLIS).substring(0, 7), "…");
        cases.add(Case.get(area + "/" + root + " " + stable + " #" + cases.size(), root + question));
    }
}
