'use strict';
// @opentelemetry/exporter-zipkin exports one trace to the server whose URL is given, and prints the ids of the trace, the
// root and its child, and the root's start in epoch milliseconds.
const {ROOT_CONTEXT, SpanKind, SpanStatusCode, trace} = require('@opentelemetry/api');
const {ZipkinExporter} = require('@opentelemetry/exporter-zipkin');
const {resourceFromAttributes} = require('@opentelemetry/resources');
const {BasicTracerProvider, BatchSpanProcessor} = require('@opentelemetry/sdk-trace-base');

const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({'service.name': 'Mailer'}),
  spanProcessors: [new BatchSpanProcessor(new ZipkinExporter({url: process.argv[2] + '/api/v2/spans'}))]
});
const tracer = provider.getTracer('mail');
const startMillis = Date.now();

const root = tracer.startSpan('deliver', {
  kind: SpanKind.CONSUMER,
  startTime: startMillis,
  attributes: {'messaging.system': 'kafka', attempts: 2}
}, ROOT_CONTEXT);
const child = tracer.startSpan('SEND', {
  kind: SpanKind.CLIENT,
  startTime: startMillis + 1,
  attributes: {'peer.service': 'Smtp'}
}, trace.setSpan(ROOT_CONTEXT, root));
child.addEvent('greylisted', startMillis + 2);
child.setStatus({code: SpanStatusCode.ERROR, message: '450 later'});
child.end(startMillis + 3);
root.end(startMillis + 4);

provider.shutdown().then(() =>
  console.log(root.spanContext().traceId, root.spanContext().spanId, child.spanContext().spanId, startMillis));
