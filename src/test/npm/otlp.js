'use strict';
// Exports one trace to where OTEL_EXPORTER_OTLP_ENDPOINT says. The argument is what the name of the exporter's package ends
// with: http, which sends JSON, proto or grpc. Prints what otlp-trace.js resolves to.
const {OTLPTraceExporter} = require('@opentelemetry/exporter-trace-otlp-' + process.argv[2]);

require('./otlp-trace')(new OTLPTraceExporter()).then(ids => console.log(ids));
