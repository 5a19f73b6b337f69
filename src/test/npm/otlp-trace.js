'use strict';
// Exports one trace by an exporter of OTLP, and resolves to the ids of the trace, its root and the root's child, and the
// root's start in epoch milliseconds. Runs in Node.js and in browsers.
const {ROOT_CONTEXT, SpanKind, SpanStatusCode, trace} = require('@opentelemetry/api');
const {resourceFromAttributes} = require('@opentelemetry/resources');
const {BasicTracerProvider, BatchSpanProcessor} = require('@opentelemetry/sdk-trace-base');

module.exports = async exporter => {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({'service.name': 'Checkout'}),
    spanProcessors: [new BatchSpanProcessor(exporter)]
  });
  const tracer = provider.getTracer('shop');
  const startMillis = Date.now();

  const root = tracer.startSpan('POST /Order', {
    kind: SpanKind.SERVER,
    startTime: startMillis,
    attributes: {'http.request.method': 'POST', 'client.address': '10.5.0.9', 'client.port': 40000}
  }, ROOT_CONTEXT);
  const child = tracer.startSpan('charge', {
    kind: SpanKind.CLIENT,
    startTime: startMillis + 1,
    attributes: {
      'server.address': 'Payments',
      'network.peer.address': '10.5.0.2',
      'network.peer.port': 8443,
      amount: 1.5,
      items: ['tea', 'bread']
    }
  }, trace.setSpan(ROOT_CONTEXT, root));
  child.addEvent('retry', {attempt: 2}, startMillis + 2);
  child.setStatus({code: SpanStatusCode.ERROR, message: 'card declined'});
  child.end(startMillis + 3);
  root.end(startMillis + 4);

  await provider.shutdown();
  return [root.spanContext().traceId, root.spanContext().spanId, child.spanContext().spanId, startMillis].join(' ');
};
