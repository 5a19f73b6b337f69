/**
 * Spans by Scribe: thrift's framed transport and binary protocol on a port of its own,
 * {@code ResultCode Log(1: list<LogEntry> messages)} of <a
 * href="https://github.com/facebookarchive/scribe/blob/master/if/scribe.thrift">scribe.thrift</a>,
 * each message a v1 span in thrift, in base64. May use collect, codec, concurrent, config and
 * http.body's budget.
 */
@NullMarked
package zipkin.ee.transport.scribe;

import org.jspecify.annotations.NullMarked;
