'use strict';
// zipkin (zipkin-js) with zipkin-transport-http reports one trace to the server whose URL is given, in the encoding that is
// given (JSON_V1 or JSON_V2), and prints the ids of the trace, the root and its child. Times are those of the clock.
const {Annotation, BatchRecorder, ExplicitContext, InetAddress, Tracer, jsonEncoder} = require('zipkin');
const {HttpLogger} = require('zipkin-transport-http');

const [url, encoding] = process.argv.slice(2);
const logger = new HttpLogger({
  endpoint: `${url}/api/${encoding === 'JSON_V1' ? 'v1' : 'v2'}/spans`,
  jsonEncoder: jsonEncoder[encoding]
});
logger.on('error', error => {
  console.error(error);
  process.exitCode = 1;
});
const tracer = new Tracer({
  ctxImpl: new ExplicitContext(),
  recorder: new BatchRecorder({logger}),
  localServiceName: 'Storefront',
  traceId128Bit: true
});

function begin(name, kind) {
  tracer.recordServiceName('Storefront');
  tracer.recordRpc(name);
  tracer.recordAnnotation(new Annotation.LocalAddr({host: new InetAddress('10.4.0.1'), port: 3000}));
  tracer.recordAnnotation(kind);
}

const root = tracer.createRootId();
tracer.letId(root, () => {
  begin('GET /Item', new Annotation.ServerRecv());
  tracer.recordBinary('http.path', '/item/7');
  const child = tracer.createChildId();
  tracer.letId(child, () => {
    begin('query', new Annotation.ClientSend());
    tracer.recordAnnotation(
      new Annotation.ServerAddr({serviceName: 'Mysql', host: new InetAddress('10.4.0.2'), port: 3306}));
    tracer.recordMessage('row missing');
    tracer.recordBinary('error', 'not found');
    tracer.recordAnnotation(new Annotation.ClientRecv());
  });
  tracer.recordAnnotation(new Annotation.ServerSend());
  console.log(root.traceId, root.spanId, child.spanId);
});
// The logger's timer does not keep the process, so what it queued is sent now.
logger.processQueue(logger.fetchImplementation);
