/**
 * Spans over OTLP/HTTP: POST /v1/traces, and what clients of OpenTelemetry send with it, by the <a
 * href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md">
 * OpenTelemetry protocol</a> 1.11. May use collect, codec, codec.otlp, config, http, http.body,
 * json, jakarta.ws.rs and jakarta.servlet.
 */
@NullMarked
package zipkin.ee.transport.otlp;

import org.jspecify.annotations.NullMarked;
