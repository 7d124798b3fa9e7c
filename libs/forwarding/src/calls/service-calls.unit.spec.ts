import { callerOf, type Caller } from '@holdfast/platform';
import Fastify, { type FastifyInstance } from 'fastify';
import { upstreamOf } from '../upstreams/target-upstream.js';
import type { ServiceTarget } from '../upstreams/targets.js';
import type { Upstream } from '../upstreams/upstream.js';
import { ServiceCalls } from './service-calls.js';

const secret = 'internal-secret-of-the-tests-only-0123';
const caller: Caller = { tenant: 'acme', subject: 'key-1', permissions: ['*'] };
const requestId = 'request-1';
const logger = { warn: () => undefined, info: () => undefined } as never;

/** Answers what it was asked, as a service would see it. */
async function echo(): Promise<FastifyInstance> {
  const app = Fastify();
  app.post('/v1/inventory/:sku/adjustments', (request, reply) => {
    const signed = request.headers['x-holdfast-caller'];
    const tenant = signed === undefined ? callerOf(request).tenant : 'signed';
    reply.header('holdfast-position', '7');
    return {
      body: request.body,
      params: request.params,
      tenant,
      key: request.headers['idempotency-key'],
      id: request.headers['x-request-id'],
    };
  });
  app.get('/api/inventory/stream', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
    const timer = setInterval(() => reply.raw.write('data: 1\n\n'), 5);
    reply.raw.once('close', () => {
      clearInterval(timer);
      closed();
    });
  });
  await app.ready();
  return app;
}

let closed = (): void => undefined;

describe.each(['in-process', 'http'] as const)('calls of a service %s', (kind) => {
  let app: FastifyInstance;
  let upstream: Upstream;
  let calls: ServiceCalls;

  beforeAll(async () => {
    app = await echo();
    let target: ServiceTarget = { kind: 'in-process', handle: (request, response) => app.routing(request, response) };
    if (kind === 'http') target = { kind: 'http', urls: [await app.listen({ port: 0, host: '127.0.0.1' })] };
    upstream = upstreamOf(target, { service: 'ingestion', secret, bodyLimitBytes: 100_000, importLimitBytes: 1_000_000, logger });
    calls = new ServiceCalls({ ingestion: upstream, 'atp-projection': upstream });
  });
  afterAll(async () => {
    await upstream.close();
    await app.close();
  });

  it('carry caller, key, request id, path and body, and bring the answer back', async () => {
    const answer = await calls.call({
      method: 'POST',
      path: '/v1/inventory/A%2FB/adjustments',
      caller,
      requestId,
      headers: { 'idempotency-key': 'k' },
      body: { delta: -1, text: 'ä' },
    });
    expect(answer).toMatchObject({ status: 200, headers: { 'holdfast-position': '7' } });
    expect(answer.body).toEqual({
      body: { delta: -1, text: 'ä' },
      params: { sku: 'A/B' },
      tenant: kind === 'http' ? 'signed' : 'acme',
      key: 'k',
      id: requestId,
    });
  });

  it('stream an answer until the reader ends it', async () => {
    const ended = new Promise<void>((resolve) => (closed = resolve));
    const { status, body } = await calls.stream({ method: 'GET', path: '/api/inventory/stream', caller, requestId });
    expect(status).toBe(200);
    for await (const chunk of body) {
      expect(String(chunk)).toContain('data: 1');
      break;
    }
    await ended;
  });

  it('are problems where nothing answers them', async () => {
    expect(await calls.call({ method: 'GET', path: '/nowhere', caller, requestId })).toMatchObject({ status: 500 });
    expect(await calls.call({ method: 'GET', path: '/v1/alerts', caller, requestId })).toMatchObject({ status: 500 });
  });
});

it('a service that is away is a problem that asks to come again', async () => {
  const upstream = upstreamOf(
    { kind: 'http', urls: ['http://127.0.0.1:1'] },
    { service: 'ingestion', secret, bodyLimitBytes: 1_000, importLimitBytes: 1_000_000, logger },
  );
  const calls = new ServiceCalls({ 'atp-projection': upstream });
  const answer = await calls.call({ method: 'GET', path: '/api/products', caller, requestId });
  expect(answer).toMatchObject({ status: 503, body: { code: 'upstream_unavailable', requestId }, headers: { 'retry-after': '1' } });
  await upstream.close();
});
