/**
 * Spans over OTLP: POST /v1/traces and TraceService/Export, and what clients of OpenTelemetry send
 * with them, by the <a
 * href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md">
 * OpenTelemetry protocol</a> 1.11. May use budget, collect, codec, codec.otlp, config, fault,
 * http, http.body, http.grpc, json, jakarta.ws.rs and jakarta.servlet.
 */
@NullMarked
package zipkin.ee.transport.otlp;

import org.jspecify.annotations.NullMarked;
