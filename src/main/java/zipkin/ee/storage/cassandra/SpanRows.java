package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.UdtValue;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.TraceIds;
import zipkin2.Annotation;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Rows of table {@code span}. A null column is left unset, since setting it would write a
 * tombstone. Thread safe.
 */
@SuppressWarnings("CheckReturnValue") // a builder changes itself
final class SpanRows {
    /**
     * Longest text of an annotation or a tag's value that can be searched for, as on the
     * reference.
     */
    private static final int MAX_TERM_LENGTH = 256;

    /** Ends a term in the reference's index. */
    private static final char DELIMITER = '░';

    private static final String INSERT =
            "INSERT INTO ks.span (trace_id, trace_id_high, ts_uuid, parent_id, id, kind, span, ts,"
                    + " duration, l_ep, r_ep, annotations, tags, debug, shared, l_service, annotation_query)"
                    + " VALUES (:trace_id, :trace_id_high, :ts_uuid, :parent_id, :id, :kind, :span, :ts,"
                    + " :duration, :l_ep, :r_ep, :annotations, :tags, :debug, :shared, :l_service, :annotation_query)";
    static final String SELECT = "SELECT trace_id, trace_id_high, parent_id, id, kind, span, ts, duration, l_ep, r_ep,"
            + " annotations, tags, debug, shared FROM ks.span WHERE trace_id = ? LIMIT ?";

    private final TraceIds ids;
    private final boolean searchEnabled;

    SpanRows(TraceIds ids, boolean searchEnabled) {
        this.ids = ids;
        this.searchEnabled = searchEnabled;
    }

    /** The value of column {@code trace_id}, here and in the indexes. */
    String key(String traceId) {
        return ids.key(traceId);
    }

    BoundStatement insert(OpenSession session, Span span, UUID key) {
        PreparedStatement statement = session.prepare(INSERT);
        BoundStatementBuilder row = statement
                .boundStatementBuilder()
                .setString("trace_id", key(span.traceId()))
                .setUuid("ts_uuid", key)
                .setString("id", span.id());
        if (!ids.strict() && span.traceId().length() == 32) {
            row.setString("trace_id_high", span.traceId().substring(0, 16));
        }
        setText(row, "parent_id", span.parentId());
        Span.Kind kind = span.kind();
        setText(row, "kind", kind == null ? null : kind.name());
        setText(row, "span", span.name());
        setNumber(row, "ts", span.timestampAsLong());
        setNumber(row, "duration", span.durationAsLong());
        setEndpoint(row, "l_ep", span.localEndpoint(), endpointType(statement));
        setEndpoint(row, "r_ep", span.remoteEndpoint(), endpointType(statement));
        setAnnotations(row, span, annotationType(statement));
        if (!span.tags().isEmpty()) {
            row.setMap("tags", span.tags(), String.class, String.class);
        }
        setTrue(row, "debug", span.debug());
        setTrue(row, "shared", span.shared());
        if (searchEnabled) {
            setText(row, "l_service", span.localServiceName());
            setText(row, "annotation_query", terms(span));
        }
        return row.build();
    }

    private static UserDefinedType endpointType(PreparedStatement statement) {
        return (UserDefinedType) statement.getVariableDefinitions().get("l_ep").getType();
    }

    private static UserDefinedType annotationType(PreparedStatement statement) {
        ListType list =
                (ListType) statement.getVariableDefinitions().get("annotations").getType();
        return (UserDefinedType) list.getElementType();
    }

    private static void setAnnotations(BoundStatementBuilder row, Span span, UserDefinedType type) {
        if (!span.annotations().isEmpty()) {
            row.setList(
                    "annotations",
                    span.annotations().stream()
                            .map(each -> type.newValue(each.timestamp(), each.value()))
                            .toList(),
                    UdtValue.class);
        }
    }

    private static void setEndpoint(
            BoundStatementBuilder row, String column, @Nullable Endpoint endpoint, UserDefinedType type) {
        if (endpoint == null) {
            return;
        }
        UdtValue value = type.newValue()
                .setString("service", endpoint.serviceName())
                .setInetAddress("ipv4", address(endpoint.ipv4Bytes()))
                .setInetAddress("ipv6", address(endpoint.ipv6Bytes()))
                .setInt("port", endpoint.portAsInt());
        row.setUdtValue(column, value);
    }

    private static @Nullable InetAddress address(byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    /** {@code ░annotation░key░key=value░}; null when there is nothing to search for. */
    static @Nullable String terms(Span span) {
        StringBuilder terms = new StringBuilder().append(DELIMITER);
        for (Annotation annotation : span.annotations()) {
            if (annotation.value().length() <= MAX_TERM_LENGTH) {
                terms.append(annotation.value()).append(DELIMITER);
            }
        }
        for (Map.Entry<String, String> tag : span.tags().entrySet()) {
            if (tag.getValue().length() <= MAX_TERM_LENGTH) {
                terms.append(tag.getKey()).append(DELIMITER);
                terms.append(tag.getKey()).append('=').append(tag.getValue()).append(DELIMITER);
            }
        }
        return terms.length() == 1 ? null : terms.toString();
    }

    private static void setText(BoundStatementBuilder row, String column, @Nullable String value) {
        if (value != null) {
            row.setString(column, value);
        }
    }

    private static void setNumber(BoundStatementBuilder row, String column, long value) {
        if (value != 0) {
            row.setLong(column, value);
        }
    }

    private static void setTrue(BoundStatementBuilder row, String column, @Nullable Boolean value) {
        if (Boolean.TRUE.equals(value)) {
            row.setBoolean(column, true);
        }
    }

    /** The span of a row of {@link #SELECT}. */
    static Span read(Row row) {
        String high = row.getString("trace_id_high");
        String low = String.valueOf(row.getString("trace_id"));
        Span.Builder span = Span.newBuilder()
                .traceId(high == null ? low : high + low)
                .parentId(row.getString("parent_id"))
                .id(String.valueOf(row.getString("id")))
                .name(row.getString("span"))
                .timestamp(row.getLong("ts"))
                .duration(row.getLong("duration"))
                .localEndpoint(endpoint(row.getUdtValue("l_ep")))
                .remoteEndpoint(endpoint(row.getUdtValue("r_ep")));
        String kind = row.getString("kind");
        if (kind != null) {
            span.kind(Span.Kind.valueOf(kind));
        }
        for (UdtValue annotation : row.getList("annotations", UdtValue.class)) {
            String value = annotation.getString("v");
            if (value != null) {
                span.addAnnotation(annotation.getLong("ts"), value);
            }
        }
        row.getMap("tags", String.class, String.class).forEach(span::putTag);
        if (row.getBoolean("debug")) {
            span.debug(true);
        }
        if (row.getBoolean("shared")) {
            span.shared(true);
        }
        return span.build();
    }

    private static @Nullable Endpoint endpoint(@Nullable UdtValue value) {
        if (value == null) {
            return null;
        }
        Endpoint.Builder endpoint =
                Endpoint.newBuilder().serviceName(value.getString("service")).port(value.getInt("port"));
        endpoint.parseIp(value.getInetAddress("ipv4"));
        endpoint.parseIp(value.getInetAddress("ipv6"));
        return endpoint.build();
    }
}
