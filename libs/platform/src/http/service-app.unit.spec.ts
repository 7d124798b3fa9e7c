import { Writable } from 'node:stream';
import { listening, type Client } from '@holdfast/testing';
import { Body, Controller, Get, HttpCode, Module, Param, Post, Query, Res, Sse } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MessageEvent } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { merge, NEVER, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { CurrentCaller } from '../access/caller.js';
import type { Caller } from '../access/caller.js';
import { ACCESS, Needs, Public } from '../access/needs.js';
import { CALLER_HEADER, signCaller } from '../access/signed-caller.js';
import { loadConfig } from '../config/load-config.js';
import { Idempotent } from '../idempotency/idempotent.js';
import { CommandId, RequestHash } from '../idempotency/keyed-request.js';
import { MemoryIdempotencyStore } from '../idempotency/memory-store.js';
import { SkuPipe } from '../input/identifiers.js';
import { IsListOf } from '../input/lists.js';
import { IsQuantity } from '../input/numbers.js';
import { PageQuery, pageOf, paginationOf } from '../input/pagination.js';
import { IsFlag, IsSku, IsText } from '../input/text.js';
import { createLogger } from '../observing/logger.js';
import { Metrics } from '../observing/metrics.js';
import { HealthRegistry } from '../observing/health.js';
import { currentRequest } from '../observing/request-context.js';
import { Problem } from '../problems/problem.js';
import { TakesCsv } from './body-parsers.js';
import { answerPosition, MinPosition } from './positions.js';
import { createServiceApp } from './service-app.js';

const secret = 'a-secret-of-at-least-thirty-two-letters';

class Line {
  @IsSku()
  readonly sku!: string;

  @IsQuantity()
  readonly quantity!: number;
}

class Order {
  @IsListOf(() => Line, { max: 3 })
  readonly items!: Line[];

  @IsText({ optional: true })
  readonly note?: string;

  @IsFlag({ optional: true })
  readonly partial?: boolean;
}

@Controller('orders')
class OrdersController {
  served = 0;

  @Post()
  @Needs('reservations.write')
  @Idempotent()
  place(
    @Body() order: Order,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): object {
    this.served += 1;
    const first = order.items[0];
    if (first?.sku === 'NONE')
      throw new Problem(409, 'insufficient_stock', 'Not enough', { details: [{ sku: 'NONE', available: this.served }] });
    if (first?.sku === 'BROKEN') throw new Error('the disk is full of secrets');
    if (first?.sku === 'BUSY') throw Object.assign(new Error('busy'), { code: 'sku_busy', retryAfterMs: 1200 });
    answerPosition(reply, 7n);
    return { served: this.served, tenant: caller.tenant, commandId, requestHash, instance: order.items[0] instanceof Line };
  }

  @Post('runs')
  @Needs('reservations.write')
  @Idempotent()
  run(@Query('dryRun') dryRun: string | undefined): object {
    this.served += 1;
    return { served: this.served, dryRun };
  }

  @Get('trace')
  @Public()
  async trace(): Promise<object> {
    await Promise.resolve();
    return { ...currentRequest(), requestId: currentRequest()?.requestId, traceId: currentRequest()?.traceId };
  }

  @Get()
  @Public()
  list(@Query() query: PageQuery): object {
    return paginationOf(pageOf(query), 41);
  }

  @Get('by-position')
  @Public()
  position(@MinPosition() position: bigint | undefined): object {
    return { position: String(position) };
  }

  @Post('text')
  @TakesCsv()
  @Public()
  @HttpCode(200)
  text(@Body() body: unknown): object {
    return { body: String(body), kind: Buffer.isBuffer(body) ? 'bytes' : typeof body };
  }

  @Get('sku/:sku')
  @Public()
  sku(@Param('sku', SkuPipe) sku: string): object {
    return { sku };
  }

  @Sse('endless')
  @Public()
  endless(): Observable<MessageEvent> {
    return merge(of({ data: 'first' }), NEVER);
  }

  @Get('forgotten')
  @Public()
  forgotten(): object {
    return {};
  }
}

// As if its decorator had been left out, which lint would not let pass here either.
Reflect.deleteMetadata(ACCESS, Object.getOwnPropertyDescriptor(OrdersController.prototype, 'forgotten')?.value as object);

@Module({ controllers: [OrdersController] })
class OrdersModule {}

const clerk: Caller = { tenant: 'acme', subject: 'clerk', permissions: ['reservations.*'] };
const signed = (caller: Caller = clerk): Record<string, string> => ({ [CALLER_HEADER]: signCaller(caller, secret) });

describe('a service application', () => {
  let app: NestFastifyApplication;
  let ask: Client;
  const health = new HealthRegistry();
  const metrics = new Metrics();
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(JSON.parse(String(chunk)) as Record<string, unknown>);
      done();
    },
  });

  const start = async (logLevel: string): Promise<void> => {
    lines.length = 0;
    const config = loadConfig({ HOLDFAST_INTERNAL_SECRET: secret, HOLDFAST_LOG_LEVEL: logLevel, HOLDFAST_BODY_LIMIT_BYTES: '2000' });
    app = await createServiceApp({
      name: 'orders',
      module: OrdersModule,
      config,
      logger: createLogger(config, 'orders', sink),
      metrics,
      health,
      idempotency: new MemoryIdempotencyStore(),
      clock: { now: () => 0 },
    });
    ask = await listening(app);
  };
  beforeEach(() => start('debug'));
  afterEach(() => app.close());

  const place = (payload: unknown, headers: Record<string, string> = {}, caller: Record<string, string> = signed()) =>
    ask({ method: 'POST', url: '/orders', payload, headers: { ...caller, ...headers } });
  const oneOf = (sku: string) => ({ items: [{ sku, quantity: 1 }] });

  describe('access', () => {
    it('answers 401 without a signed caller', async () => {
      const answer = await place(oneOf('A'), {}, {});
      expect(answer.statusCode).toBe(401);
      expect(answer.json()).toMatchObject({ code: 'unauthenticated' });
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    });

    it('answers 401 to a caller signed with another secret', async () => {
      const forged = { [CALLER_HEADER]: signCaller(clerk, 'another secret of more than 32 letters') };
      expect((await place(oneOf('A'), {}, forged)).statusCode).toBe(401);
    });

    it('answers 403 and names the permission that is missing', async () => {
      const answer = await place(oneOf('A'), {}, signed({ ...clerk, permissions: ['inventory.read'] }));
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({ code: 'missing_permission', details: [{ permission: 'reservations.write' }] });
    });

    it('serves the caller who holds it', async () => {
      const answer = await place(oneOf('A'));
      expect(answer.statusCode).toBe(201);
      expect(answer.json()).toMatchObject({ tenant: 'acme', instance: true });
    });

    it('fails closed on a route that says nothing of its access', async () => {
      const answer = await ask({ url: '/orders/forgotten', headers: signed() });
      expect(answer.statusCode).toBe(500);
      expect(answer.json()).toMatchObject({ code: 'internal_error' });
    });
  });

  describe('input', () => {
    it('names every fault with its path', async () => {
      const answer = await place({
        items: [
          { sku: 'A', quantity: 0 },
          { sku: ' ', quantity: 1.5, colour: 'red' },
        ],
        note: 7,
      });
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ code: 'validation_failed' });
      expect(answer.json<{ details: { field: string }[] }>().details.map(({ field }) => field)).toEqual([
        'items[0].quantity',
        'items[1].colour',
        'items[1].sku',
        'items[1].quantity',
        'note',
      ]);
    });

    it.each([
      ['a missing property', {}, 'items'],
      ['null for a property', { items: null }, 'items'],
      ['a word for a flag', { ...oneOf('A'), partial: 'yes' }, 'partial'],
      ['an object for a list', { items: { sku: 'A', quantity: 1 } }, 'items'],
      ['numbers in a list of objects', { items: [1] }, 'items'],
      ['a huge quantity', { items: [{ sku: 'A', quantity: 1e15 }] }, 'items[0].quantity'],
      ['a negative quantity', { items: [{ sku: 'A', quantity: -1 }] }, 'items[0].quantity'],
      ['a quantity in a string', { items: [{ sku: 'A', quantity: '1' }] }, 'items[0].quantity'],
      ['a SKU that is a number', { items: [{ sku: 5, quantity: 1 }] }, 'items[0].sku'],
      ['a SKU with a control character', { items: [{ sku: 'A\u0000', quantity: 1 }] }, 'items[0].sku'],
      ['a SKU over the limit', { items: [{ sku: 'A'.repeat(101), quantity: 1 }] }, 'items[0].sku'],
    ])('refuses %s', async (_, body, field) => {
      const answer = await place(body);
      expect(answer.statusCode).toBe(400);
      expect(answer.json<{ details: { field: string }[] }>().details[0]?.field).toBe(field);
    });

    it('reads null for an optional property as if it was left out', async () => {
      expect((await place({ ...oneOf('A'), partial: null })).statusCode).toBe(201);
    });

    it.each(['[]', '"x"', 'null', '7', 'true'])('refuses the body %s', async (payload) => {
      const answer = await ask({
        method: 'POST',
        url: '/orders',
        payload,
        headers: { ...signed(), 'content-type': 'application/json' },
      });
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ code: 'validation_failed' });
    });

    it('has an own code for too many lines', async () => {
      const answer = await place({ items: Array.from({ length: 4 }, () => ({ sku: 'A', quantity: 1 })) });
      expect(answer.json()).toMatchObject({
        code: 'too_many_lines',
        details: [{ field: 'items', message: 'must have at most 3 entries' }],
      });
    });

    it.each(['{', '{"items":[}', '{"a":1}}'])('calls %s malformed', async (payload) => {
      const answer = await ask({
        method: 'POST',
        url: '/orders',
        payload,
        headers: { ...signed(), 'content-type': 'application/json' },
      });
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ code: 'malformed_json' });
    });

    it('refuses a body that would poison a prototype', async () => {
      const payload = '{"items":[{"sku":"A","quantity":1}],"__proto__":{"admin":true}}';
      const answer = await ask({
        method: 'POST',
        url: '/orders',
        payload,
        headers: { ...signed(), 'content-type': 'application/json' },
      });
      expect(answer.statusCode).toBe(400);
    });

    it('refuses a body over the limit', async () => {
      const answer = await place({ note: 'x'.repeat(3000) });
      expect(answer.statusCode).toBe(413);
      expect(answer.json()).toMatchObject({ code: 'body_too_large' });
    });

    it('refuses a media type that no route takes', async () => {
      const answer = await place('<order/>', { 'content-type': 'application/xml' });
      expect(answer.statusCode).toBe(415);
      expect(answer.json()).toMatchObject({ code: 'unsupported_media_type' });
    });

    it('gives CSV to the route as bytes and an empty JSON body as none', async () => {
      const csv = await ask({
        method: 'POST',
        url: '/orders/text',
        payload: 'sku,units\nA,1',
        headers: { 'content-type': 'text/csv' },
      });
      expect(csv.json()).toEqual({ body: 'sku,units\nA,1', kind: 'bytes' });
      const none = await ask({ method: 'POST', url: '/orders/text', payload: '', headers: { 'content-type': 'application/json' } });
      expect(none.json()).toMatchObject({ kind: 'undefined' });
    });

    it('decodes an id in the path and refuses a malformed one', async () => {
      expect((await ask({ url: '/orders/sku/A%2FB%20C' })).json()).toEqual({ sku: 'A/B C' });
      const answer = await ask({ url: '/orders/sku/%3Cscript%3E' });
      expect(answer.statusCode).toBe(400);
      expect((await ask({ url: '/orders/sku/%ff' })).json()).toMatchObject({ code: 'malformed_path' });
      expect((await ask({ url: `/orders/sku/${'A'.repeat(1100)}` })).json()).toMatchObject({ code: 'path_too_long' });
    });

    it('pages, and refuses a page that is too large with its own code', async () => {
      expect((await ask({ url: '/orders?page=2&limit=10' })).json()).toEqual({ page: 2, pageSize: 10, total: 41, totalPages: 5 });
      expect((await ask({ url: '/orders?limit=101' })).json()).toMatchObject({ code: 'page_too_large' });
      expect((await ask({ url: '/orders?page=0' })).json()).toMatchObject({ code: 'validation_failed' });
      expect((await ask({ url: '/orders?page=1&page=2' })).json()).toMatchObject({ code: 'validation_failed' });
      expect((await ask({ url: '/orders?colour=red' })).json()).toMatchObject({ code: 'validation_failed' });
    });

    it('reads the position that an answer must reflect', async () => {
      const read = (value: string) => ask({ url: '/orders/by-position', headers: { 'holdfast-min-position': value } });
      expect((await read('12345678901234567890')).json()).toEqual({ position: '12345678901234567890' });
      expect((await read('soon')).json()).toMatchObject({ code: 'invalid_position' });
    });
  });

  describe('errors', () => {
    it('shows nothing of the inside of a fault', async () => {
      const answer = await place(oneOf('BROKEN'));
      expect(answer.statusCode).toBe(500);
      expect(answer.body).not.toContain('secrets');
      expect(answer.json()).toEqual({
        error: 'Internal Server Error',
        message: 'Something went wrong on our side',
        code: 'internal_error',
        details: [],
        requestId: answer.headers['x-request-id'],
      });
    });

    it('says when to try again where a queue is full', async () => {
      const answer = await place(oneOf('BUSY'));
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toBe('2');
      expect(answer.json()).toMatchObject({ code: 'sku_busy' });
    });

    it('writes problem+json where it is asked for', async () => {
      const answer = await place(oneOf('NONE'), { accept: 'application/problem+json' });
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json()).toMatchObject({
        type: 'urn:holdfast:problem:insufficient_stock',
        title: 'Conflict',
        status: 409,
        detail: 'Not enough',
        instance: '/orders',
        code: 'insufficient_stock',
      });
    });

    it('knows an unknown route from a wrong method', async () => {
      const unknown = await ask({ url: '/nothing' });
      expect([unknown.statusCode, unknown.json<{ code: string }>().code]).toEqual([404, 'unknown_route']);
      const wrong = await ask({ method: 'DELETE', url: '/orders' });
      expect([wrong.statusCode, wrong.json<{ code: string }>().code]).toEqual([405, 'method_not_allowed']);
      expect(wrong.headers['allow']).toBe('GET, HEAD, POST');
    });
  });

  describe('keyed requests', () => {
    const key = { 'idempotency-key': 'k1' };

    it('answers a repeat as the first, with its headers', async () => {
      const first = await place(oneOf('A'), key);
      const again = await place({ items: [{ quantity: 1, sku: 'A' }] }, key);
      expect(again.statusCode).toBe(201);
      expect(again.json()).toEqual(first.json());
      expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true', 'holdfast-position': '7' });
      expect(first.headers['idempotency-replayed']).toBeUndefined();
      expect(again.headers['content-type']).toBe(first.headers['content-type']);
    });

    it('serves requests without a key each time', async () => {
      const [first, second] = [await place(oneOf('A')), await place(oneOf('A'))];
      expect(second.json<{ commandId: string }>().commandId).not.toBe(first.json<{ commandId: string }>().commandId);
    });

    it('refuses another body under the same key', async () => {
      await place(oneOf('A'), key);
      const answer = await place(oneOf('B'), key);
      expect(answer.statusCode).toBe(422);
      expect(answer.json()).toMatchObject({ code: 'idempotency_key_reused' });
    });

    it('does not burn a key by a body with a fault', async () => {
      expect((await place({ items: [{ sku: 'A', quantity: 0 }] }, key)).statusCode).toBe(400);
      expect((await place(oneOf('A'), key)).statusCode).toBe(201);
    });

    it('takes the query as part of the request: a dry run is not the real one', async () => {
      const run = (url: string) => ask({ method: 'POST', url, payload: oneOf('A'), headers: { ...signed(), ...key } });
      const dry = await run('/orders/runs?dryRun=true&brand=a');
      expect(dry.json()).toMatchObject({ dryRun: 'true' });
      expect((await run('/orders/runs?brand=a&dryRun=true')).json()).toEqual(dry.json());
      for (const url of ['/orders/runs', '/orders/runs?dryRun=false&brand=a', '/orders/runs?'])
        expect((await run(url)).json()).toMatchObject({ code: 'idempotency_key_reused' });
    });

    it('takes a path with a slash at its end for the same route', async () => {
      const first = await ask({ method: 'POST', url: '/orders/', payload: oneOf('A'), headers: { ...signed(), ...key } });
      expect((await place(oneOf('A'), key)).json()).toEqual(first.json());
    });

    it('keeps the keys of tenants apart', async () => {
      const mine = await place(oneOf('A'), key);
      const theirs = await place(oneOf('B'), key, signed({ ...clerk, tenant: 'other' }));
      expect(theirs.statusCode).toBe(201);
      expect(theirs.json<{ commandId: string }>().commandId).not.toBe(mine.json<{ commandId: string }>().commandId);
    });

    it('answers a refusal again with its first figures', async () => {
      const first = await place(oneOf('NONE'), key);
      const again = await place(oneOf('NONE'), key);
      expect(again.statusCode).toBe(409);
      expect(again.json()).toMatchObject({ code: 'insufficient_stock', details: first.json<{ details: object[] }>().details });
      expect(again.headers['idempotency-replayed']).toBe('true');
    });

    it('lets a failed request be tried again under its key', async () => {
      await place(oneOf('BUSY'), key);
      const again = await place(oneOf('BUSY'), key);
      expect(again.headers['idempotency-replayed']).toBeUndefined();
      expect(again.json()).toMatchObject({ code: 'sku_busy' });
    });

    it('lets repeats that come at once wait for the first', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => place(oneOf('A'), key)));
      expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
      expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(7);
    });

    it.each(['', 'x'.repeat(201), 'k\u00e9y'])('refuses the key %j', async (bad) => {
      const answer = await place(oneOf('A'), { 'idempotency-key': bad });
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ code: 'invalid_idempotency_key' });
    });
  });

  it('closes though somebody reads a stream that never ends', async () => {
    const answer = await fetch(`${await app.getUrl()}/orders/endless`);
    const reading = answer.text().catch(() => 'cut off');
    await app.close();
    expect(await reading).toBe('cut off');
  });

  describe('what operators see', () => {
    it('takes a harmless request id and makes one otherwise', async () => {
      expect((await ask({ url: '/orders', headers: { 'x-request-id': 'mine-1' } })).headers['x-request-id']).toBe('mine-1');
      const made = (await ask({ url: '/orders', headers: { 'x-request-id': 'a b' } })).headers['x-request-id'];
      expect(made).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('carries the trace id of the caller', async () => {
      const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
      const answer = await ask({
        url: '/orders/trace',
        headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, 'x-request-id': 'r1' },
      });
      expect(answer.json()).toEqual({ requestId: 'r1', traceId });
      expect(lines.find(({ msg }) => msg === 'answered')).toMatchObject({ requestId: 'r1', traceId, route: '/orders/trace', status: 200 });
    });

    it('names the request that failed, also where nobody debugs', async () => {
      await app.close();
      await start('error');
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
      await place(oneOf('BROKEN'), { traceparent, 'x-request-id': 'r2' });
      expect(lines).toEqual([expect.objectContaining({ level: 'error', requestId: 'r2', traceId: '4bf92f3577b34da6a3ce929d0e0e4736' })]);
    });

    it('is live, and ready only while every check passes', async () => {
      expect((await ask({ url: '/health/live' })).json()).toEqual({ status: 'ok' });
      health.register('event-store', async () => undefined);
      expect((await ask({ url: '/health/ready' })).statusCode).toBe(200);
      health.register('projection', async () => ({ degraded: '1 stream is set aside' }));
      const degraded = await ask({ url: '/health/ready' });
      expect(degraded.statusCode).toBe(200);
      expect(degraded.json()).toMatchObject({
        status: 'degraded',
        checks: { 'event-store': { status: 'ok' }, projection: { status: 'degraded', reason: '1 stream is set aside' } },
      });
      health.register('event-store', () => Promise.reject(new Error('no route to 10.0.0.7')));
      const answer = await ask({ url: '/health/ready' });
      expect(answer.statusCode).toBe(503);
      expect(answer.json()).toMatchObject({ status: 'failed', checks: { 'event-store': { status: 'failed' } } });
      expect(answer.body).not.toContain('10.0.0.7');
    });

    it('counts requests by the template of their route', async () => {
      await ask({ url: '/orders/sku/A' });
      const { body, headers } = await ask({ url: '/metrics' });
      expect(headers['content-type']).toContain('text/plain');
      expect(body).toContain('holdfast_http_request_seconds_count{service="orders",method="GET",route="/orders/sku/:sku",status="200"}');
    });

    it('describes itself in OpenAPI 3.1', async () => {
      const document = (await ask({ url: '/openapi.json' })).json<Record<string, never>>();
      expect(document).toMatchObject({
        openapi: '3.1.0',
        components: {
          schemas: {
            Order: {
              required: ['items'],
              properties: { items: { type: 'array', maxItems: 3, items: { $ref: '#/components/schemas/Line' } } },
            },
            Line: { properties: { quantity: { type: 'integer', minimum: 1, maximum: 1_000_000_000 } } },
            Problem: { type: 'object' },
          },
        },
        paths: {
          '/orders': {
            post: {
              security: [{ bearer: [] }, { apiKey: [] }],
              'x-permissions': ['reservations.write'],
              responses: { default: { $ref: '#/components/responses/Problem' } },
            },
          },
        },
      });
      expect(Object.keys(document['paths'] ?? {})).not.toContain('/health/ready');
    });
  });
});
