import { listening, type Client } from '@holdfast/testing';
import { Body, Controller, Get, HttpCode, Module, Param, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Public } from '../access/needs.js';
import { loadConfig } from '../config/load-config.js';
import { MemoryIdempotencyStore } from '../idempotency/memory-store.js';
import { IsListOf, IsNested, IsObjectOfAnything } from '../input/lists.js';
import { IsQuantity } from '../input/numbers.js';
import { PageQuery } from '../input/pagination.js';
import { IsLocationId, IsSku, IsText } from '../input/text.js';
import { IsTime } from '../input/times.js';
import { createLogger } from '../observing/logger.js';
import { HealthRegistry } from '../observing/health.js';
import { Metrics } from '../observing/metrics.js';
import { TakesLines } from './body-parsers.js';
import { createServiceApp } from './service-app.js';

class Place {
  @IsText()
  readonly city!: string;
}

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

  @IsLocationId({ optional: true })
  readonly locationId?: string;

  @IsNested(() => Place, { optional: true })
  readonly place?: Place;

  @IsObjectOfAnything({ optional: true })
  readonly extra?: object;
}

class Search extends PageQuery {
  @IsText({ optional: true })
  readonly search?: string;

  @IsSku({ optional: true })
  readonly sku?: string;

  @IsTime({ optional: true })
  readonly from?: string;
}

@Controller('orders')
class OrdersController {
  @Post()
  @TakesLines()
  @Public()
  @HttpCode(200)
  place(@Body() { items }: Order): object {
    return { items };
  }

  @Get()
  @Public()
  list(@Query() query: Search): object {
    return query;
  }

  @Get(':id/notes')
  @Public()
  notes(@Param('id') id: string): object {
    return { id };
  }
}

@Module({ controllers: [OrdersController] })
class OrdersModule {}

type Refusal = { readonly code: string; readonly details: readonly { readonly field: string; readonly message: string }[] };

describe('what a request may hold', () => {
  let app: NestFastifyApplication;
  let ask: Client;

  beforeAll(async () => {
    const config = loadConfig({ HOLDFAST_LOG_LEVEL: 'silent' });
    app = await createServiceApp({
      name: 'orders',
      module: OrdersModule,
      config,
      logger: createLogger(config, 'orders'),
      metrics: new Metrics(),
      health: new HealthRegistry(),
      idempotency: new MemoryIdempotencyStore(),
      clock: { now: () => 0 },
    });
    ask = await listening(app);
  });
  afterAll(() => app.close());

  const post = (payload: string, headers: Record<string, string> = {}) =>
    ask({ method: 'POST', url: '/orders', payload, headers: { 'content-type': 'application/json', ...headers } });
  const line = { sku: 'A', quantity: 1 };
  const order = (more: object): string => JSON.stringify({ items: [line], ...more });

  it.each([
    ['200,000 unknown fields', `{${Array.from({ length: 200_000 }, (_, index) => `"field${index}":1`).join(',')}}`],
    ['JSON 3,000 deep', `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`],
    ['lists 33 deep', `${'['.repeat(33)}${']'.repeat(33)}`],
    ['lists 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    [
      'a field of another name in each of 2,000 entries',
      JSON.stringify({ items: Array.from({ length: 2_000 }, (_, index) => ({ [`f${index}`]: 1 })) }),
    ],
    ['300,000 empty entries', `{"items":[${Array(300_000).fill('{}').join(',')}]}`],
  ])('refuses %s before anything is made of it', async (_, payload) => {
    const answer = await post(payload);
    expect([answer.statusCode, answer.json()['code']]).toEqual([400, 'body_too_complex']);
    expect(answer.json<{ details: object[] }>().details).toEqual([expect.objectContaining({ limit: expect.any(Number) as number })]);
  });

  it('reads a body of many and of long texts', async () => {
    const answer = await post(order({ extra: { text: '[{,:\\"'.repeat(100) } }));
    expect(answer.statusCode).toBe(200);
  });

  it('counts the signs of JSON within a text as none, also in a short body', async () => {
    const answer = await post(order({ extra: { text: '[{'.repeat(40) } }));
    expect(answer.statusCode).toBe(200);
  });

  it('names an unknown field and those that are known', async () => {
    const answer = await post(order({ colour: 'red' }));
    expect(answer.json<Refusal>().details).toEqual([
      { field: 'colour', message: 'is not a field here; the fields are items, note, locationId, place, extra' },
    ]);
  });

  it.each(['toString', 'constructor', 'hasOwnProperty', 'valueOf'])('knows no field %s', async (name) => {
    const answer = await post(order({ place: { city: 'Ulm', [name]: 1 } }));
    expect(answer.json<Refusal>().details).toMatchObject([{ field: `place.${name}` }]);
  });

  it('stops at 100 faults', async () => {
    const answer = await post(order(Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`field${index}`, 1]))));
    expect(answer.json<Refusal>().details).toHaveLength(100);
  });

  it.each([
    ['NUL in a text', order({ note: 'a\u0000b' }), 'note'],
    ['NUL in a nested text', order({ place: { city: '\u0000' } }), 'place.city'],
    ['half of a surrogate pair', order({ items: [line, { sku: 'A\ud83d', quantity: 1 }] }), 'items[1].sku'],
    ['NUL in an object of anything', order({ extra: { deep: [{ text: '\u0000' }] } }), 'extra.deep[0].text'],
    ['NUL in the name of a field', order({ extra: { 'a\u0000': 1 } }), 'extra.a\u0000'],
  ])('refuses %s and names it', async (_, payload, field) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.json<Refusal>()).toMatchObject({ code: 'validation_failed', details: [{ field }] });
  });

  it('takes a whole surrogate pair, escaped or not', async () => {
    expect((await post('{"items":[{"sku":"A","quantity":1}],"note":"\\ud83d\\ude00 😀"}')).statusCode).toBe(200);
  });

  it('refuses NUL in a query and in a path', async () => {
    const query = await ask({ url: '/orders?search=a%00b' });
    expect([query.statusCode, query.json<Refusal>().details[0]?.field]).toEqual([400, 'search']);
    const path = await ask({ url: '/orders/a%00b/notes' });
    expect([path.statusCode, path.json<Refusal>().details[0]?.field]).toEqual([400, 'id']);
  });

  it('refuses bytes that are no UTF-8', async () => {
    const answer = await fetch(`${await app.getUrl()}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{"items":[{"sku":"A","quantity":1}],"note":"\xe4"}', 'latin1'),
    });
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'malformed_json' }]);
  });

  it.each(['.', '..'])('refuses the id %s, which a path cannot hold', async (sku) => {
    expect((await post(JSON.stringify({ items: [{ sku, quantity: 1 }] }))).json<Refusal>().details[0]?.field).toBe('items[0].sku');
    expect((await post(order({ locationId: sku }))).json<Refusal>()).toMatchObject({ details: [{ field: 'locationId' }] });
  });

  it('refuses a body that is compressed, and says what is taken', async () => {
    const answer = await post(order({}), { 'content-encoding': 'gzip' });
    expect([answer.statusCode, answer.json()['code']]).toEqual([415, 'unsupported_content_encoding']);
    expect(answer.headers['accept-encoding']).toBe('identity');
    expect((await post(order({}), { 'content-encoding': 'identity' })).statusCode).toBe(200);
  });

  it('refuses plain text where JSON is needed', async () => {
    const answer = await post(order({}), { 'content-type': 'text/plain' });
    expect([answer.statusCode, answer.json()['code']]).toEqual([415, 'unsupported_media_type']);
  });

  it('tells the limit of a page in the refusal', async () => {
    for (const parameter of ['limit', 'pageSize']) {
      const answer = await ask({ url: `/orders?${parameter}=101` });
      expect(answer.json()).toMatchObject({
        code: 'page_too_large',
        details: [{ field: parameter, message: 'must be a whole number from 1 to 100' }],
      });
    }
    expect((await ask({ url: '/orders?limit=0' })).json()).toMatchObject({
      code: 'validation_failed',
      details: [{ message: 'must be a whole number from 1 to 100' }],
    });
  });

  it('reads a raw + in a query as a space, as forms send it, and where that leaves no doubt as a plus', async () => {
    expect((await ask({ url: '/orders?search=black+tee' })).json()).toEqual({ search: 'black tee' });
    expect((await ask({ url: '/orders?from=2026-01-01T00:00:00+02:00' })).json()).toEqual({ from: '2026-01-01T00:00:00+02:00' });
    const doubtful = await ask({ url: '/orders?sku=A+B' });
    expect(doubtful.json<Refusal>().details).toEqual([{ field: 'sku', message: 'must have a plus as %2B and a space as %20' }]);
    expect((await ask({ url: '/orders?sku=A%2BB' })).json()).toEqual({ sku: 'A+B' });
    expect((await ask({ url: '/orders?sku=A%20B' })).json()).toEqual({ sku: 'A B' });
  });

  it('answers a path with a slash at its end as without', async () => {
    expect((await ask({ url: '/orders/?search=a' })).json()).toEqual({ search: 'a' });
    expect((await ask({ url: '/orders/1/notes/' })).json()).toEqual({ id: '1' });
  });
});
