import { Writable } from 'node:stream';
import { HealthRegistry } from './health.js';
import { createLogger } from './logger.js';
import { Metrics } from './metrics.js';
import { currentRequest, runInRequest } from './request-context.js';

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
    runInRequest('r1', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', () => logger.warn({ sku: 'A' }, 'inside'));
    expect(lines[0]).toMatchObject({ level: 'info', name: 'ingestion', msg: 'outside' });
    expect(lines[0]).not.toHaveProperty('requestId');
    expect(lines[1]).toMatchObject({ level: 'warn', sku: 'A', requestId: 'r1', traceId: '4bf92f3577b34da6a3ce929d0e0e4736' });
  });
});

describe('a request being served', () => {
  it.each([undefined, 'nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`])(
    'gets a trace id of its own where %s came',
    (traceparent) => {
      runInRequest('r1', traceparent, () => {
        const traceId = currentRequest()?.traceId;
        expect(traceId).toMatch(/^[0-9a-f]{32}$/);
        expect(traceId).not.toBe('0'.repeat(32));
        expect(currentRequest()?.traceId).toBe(traceId);
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
