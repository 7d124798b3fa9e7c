import type { IncomingMessage } from 'node:http';
import { Writable } from 'node:stream';
import { HealthRegistry } from './health.js';
import { createLogger } from './logger.js';
import { Metrics } from './metrics.js';
import { contextOf, currentRequest, runInRequest } from './request-context.js';

const requestWith = (traceparent: string | undefined): IncomingMessage => ({ headers: { traceparent } }) as unknown as IncomingMessage;

describe('logs', () => {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(JSON.parse(String(chunk)) as Record<string, unknown>);
      done();
    },
  });
  const logger = createLogger({ logLevel: 'info' }, 'ingestion', sink);

  it('carry name, level and, while serving, request and trace id', () => {
    logger.info('outside');
    runInRequest(contextOf(requestWith('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'), 'r1'), () =>
      logger.warn({ sku: 'A' }, 'inside'),
    );
    expect(lines[0]).toMatchObject({ level: 'info', name: 'ingestion', msg: 'outside' });
    expect(lines[0]).not.toHaveProperty('requestId');
    expect(lines[1]).toMatchObject({ level: 'warn', sku: 'A', requestId: 'r1', traceId: '4bf92f3577b34da6a3ce929d0e0e4736' });
  });

  it('tell of an error what it says and where it was, not what hangs on it', () => {
    const connection = { password: 'hunter2', socket: {} };
    const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', client: connection });
    logger.warn(
      { err: Object.assign(new Error('a connection broke', { cause }), { code: '57P01', client: connection, status: 3 }) },
      'broke',
    );
    const err = lines.at(-1)?.['err'];
    expect(err).toEqual({
      type: 'Error',
      message: 'a connection broke',
      code: '57P01',
      stack: expect.stringContaining('a connection broke'),
      cause: { type: 'Error', message: 'read ECONNRESET', code: 'ECONNRESET', stack: expect.stringContaining('ECONNRESET') },
    });
  });

  it('take what was thrown and is no error', () => {
    logger.warn({ err: 'plain text' }, 'thrown');
    expect(lines.at(-1)).toMatchObject({ err: 'plain text' });
  });
});

describe('a request being served', () => {
  it.each([undefined, 'nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`])(
    'gets a trace id of its own where %s came',
    (traceparent) => {
      const request = requestWith(traceparent);
      runInRequest(contextOf(request, 'r1'), () => {
        const traceId = currentRequest()?.traceId;
        expect(traceId).toMatch(/^[0-9a-f]{32}$/);
        expect(traceId).not.toBe('0'.repeat(32));
        expect(currentRequest()?.traceId).toBe(traceId);
        expect(contextOf(request, 'r1').traceId).toBe(traceId);
      });
      expect(currentRequest()).toBeUndefined();
    },
  );
});

describe('metrics', () => {
  it('give the same metric for the same name', async () => {
    const metrics = new Metrics();
    metrics.counter('holdfast_orders_total', 'Orders', ['tenant']).inc({ tenant: 'a' });
    metrics.counter('holdfast_orders_total', 'Orders', ['tenant']).inc({ tenant: 'a' });
    expect(await metrics.exposition()).toContain('holdfast_orders_total{tenant="a"} 2');
  });

  it('refuse a name that is taken by another type', () => {
    const metrics = new Metrics();
    metrics.counter('holdfast_orders_total', 'Orders');
    expect(() => metrics.gauge('holdfast_orders_total', 'Orders')).toThrow('another type');
  });
});

describe('health', () => {
  it('runs every check and says which failed', async () => {
    const health = new HealthRegistry(20);
    health.register('postgres', async () => undefined);
    health.register('kafka', () => Promise.reject(new Error('no broker')));
    health.register('event-store', () => new Promise(() => undefined));
    const { status, checks } = await health.report();
    expect(status).toBe('failed');
    expect(checks['postgres']?.status).toBe('ok');
    expect(checks['kafka']).toMatchObject({ status: 'failed', error: 'no broker' });
    expect(checks['event-store']).toMatchObject({ status: 'failed', error: 'no answer within 20 ms' });
  });

  it('is well where nothing is checked', async () => {
    expect(await new HealthRegistry().report()).toEqual({ status: 'ok', checks: {} });
  });
});
