import { ROOT_CONTEXT, SpanStatusCode } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { describe, expect, it } from 'vitest';
import { scrubbing } from './scrub.ts';
import { startTracing } from './start.ts';

describe('what leaves the process about a span', () => {
  it('is what the list allows: no message of an error, no stack, no attribute that somebody added', () => {
    const sent = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(scrubbing(sent))] });
    const span = provider.getTracer('test').startSpan('GET /v1/x', {}, ROOT_CONTEXT);
    span.setAttribute('http.route', '/v1/x').setAttribute('enduser.id', '012345678901');
    span.recordException(new Error('Nguyễn Văn A does not fit'));
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'Nguyễn Văn A' });
    span.end();
    const [seen] = sent.getFinishedSpans();
    expect(seen).toMatchObject({ name: 'GET /v1/x', ended: true, status: { code: SpanStatusCode.ERROR } });
    expect(seen?.attributes).toEqual({ 'http.route': '/v1/x' });
    expect(seen?.events.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['exception', { 'exception.type': 'Error' }],
    ]);
    expect(JSON.stringify([seen?.attributes, seen?.events, seen?.status])).not.toMatch(/Nguyễn|0123/);
    expect(seen?.spanContext()).toEqual(span.spanContext());
    expect(seen?.duration).toBeDefined();
  });

  it('is nothing where no collector is named', async () => {
    expect(await startTracing('test', {})).toBeUndefined();
  });
});
