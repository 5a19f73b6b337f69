'use strict';
// The script of a page that exports one trace in JSON to the URL in its query, with a header that needs a preflight. Shows
// what otlp-trace.js resolves to.
const {OTLPTraceExporter} = require('@opentelemetry/exporter-trace-otlp-http');

const url = new URLSearchParams(location.search).get('to');
require('./otlp-trace')(new OTLPTraceExporter({url, headers: {'x-shop': 'tea'}}))
  .then(ids => document.body.append('exported ' + ids));
