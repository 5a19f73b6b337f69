-- H2 sorts all rows of a trace for each page of them, unless an index has the whole order.
CREATE INDEX IF NOT EXISTS zipkin_span_page ON zipkin_span (trace_low, batch, ord);
DROP INDEX IF EXISTS zipkin_span_trace;
INSERT INTO zipkin_schema SELECT 2 WHERE NOT EXISTS (SELECT 1 FROM zipkin_schema WHERE version = 2);
