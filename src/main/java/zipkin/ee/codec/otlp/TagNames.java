package zipkin.ee.codec.otlp;

/** Names of the tags that are made of a span's fields, and are read when spans are sent on. */
final class TagNames {
    static final String DROPPED_ATTRIBUTES = "otel.dropped_attributes_count";
    static final String DROPPED_EVENTS = "otel.dropped_events_count";
    static final String DROPPED_LINKS = "otel.dropped_links_count";
    static final String ERROR = "error";
    static final String ERROR_TYPE = "error.type";
    static final String STATUS_CODE = "otel.status_code";
    static final String STATUS_DESCRIPTION = "otel.status_description";
    static final String SCOPE_NAME = "otel.scope.name";
    static final String SCOPE_VERSION = "otel.scope.version";
    static final String TRACE_STATE = "w3c.tracestate";

    /** Followed by a number from 0. */
    static final String LINK = "otlp.link.";

    private TagNames() {}
}
