import { clientOf, problem } from '../../test/answers.js';
import { ApiError, ConnectionError, TimeoutError } from './errors.js';

const ORDER = { items: [{ sku: 'TENT-2P', quantity: 1 }], orderId: 'o-1' };
const held = { status: 201, body: { reservationId: 'r1', status: 'held', lines: [] }, headers: { 'holdfast-position': '12' } };
const busy = problem(503, 'sku_busy', { headers: { 'retry-after': '2' } });

describe('a call', () => {
  it('is sent as the document says: path, query, body and who calls', async () => {
    const { holdfast, sent } = clientOf([{ body: {} }, { body: {} }]);
    await holdfast.inbound.declare('A/B C', 'PO-1', { locationId: 'BER', quantity: 5, expectedAt: '2026-12-01T00:00:00Z' });
    await holdfast.channelStock.explain({ locationId: 'BER', productMasterId: 'A+B' });
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT http://holdfast.test/v1/inventory/A%2FB%20C/inbound/PO-1',
      'GET http://holdfast.test/api/inventory/channel-location/drilldown?locationId=BER&productMasterId=A%2BB',
    ]);
    expect(sent[0]?.body).toEqual({ locationId: 'BER', quantity: 5, expectedAt: '2026-12-01T00:00:00Z' });
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer hf_key');
    expect(sent[0]?.headers.get('content-type')).toBe('application/json');
  });

  it('asks for a token before each attempt, and needs none where a cookie says who calls', async () => {
    let given = 0;
    const options = { token: async () => `jwt-${String((given += 1))}` };
    const { holdfast, sent } = clientOf(['broken', { body: {} }], options);
    const { holdfast: byCookie, sent: without } = clientOf([{ body: {} }], { url: '', credentials: 'same-origin' });
    await holdfast.channels.get('webshop');
    await byCookie.channels.get('webshop');
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer jwt-1', 'Bearer jwt-2']);
    expect(without[0]?.headers.has('authorization')).toBe(false);
    expect(without[0]?.url).toBe('/sales-channel/channels/webshop');
  });

  it('gives position, request id and attempts with the value', async () => {
    const { holdfast } = clientOf([busy, { ...held, headers: { ...held.headers, 'x-request-id': 'q-7', 'idempotency-replayed': 'true' } }]);
    const call = holdfast.reservations.reserve(ORDER);
    const { value, position, requestId, attempts, idempotencyKey, replayed, status } = await call.answer();
    expect({ value, position, requestId, attempts, replayed, status }).toEqual({
      value: held.body,
      position: 12n,
      requestId: 'q-7',
      attempts: 2,
      replayed: true,
      status: 201,
    });
    expect(idempotencyKey).toBe(call.idempotencyKey);
    expect(await call).toEqual(held.body);
  });
});

describe('the key of a write', () => {
  it('is made once, and is the same over all attempts', async () => {
    const { holdfast, sent } = clientOf(['broken', busy, held]);
    const call = holdfast.reservations.reserve(ORDER);
    await call;
    const keys = sent.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toEqual([call.idempotencyKey, call.idempotencyKey, call.idempotencyKey]);
    expect(call.idempotencyKey).toMatch(/^hfc_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("is the caller's where one is given, and another for each call where none is", async () => {
    const { holdfast, sent } = clientOf([held, held, held]);
    await holdfast.reservations.reserve(ORDER, { idempotencyKey: 'cart-7' });
    await holdfast.reservations.reserve(ORDER);
    await holdfast.reservations.reserve(ORDER);
    const keys = sent.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys[0]).toBe('cart-7');
    expect(new Set(keys).size).toBe(3);
  });

  it('is with no call that takes none', async () => {
    const { holdfast, sent } = clientOf([{ body: {} }, { body: {} }, { status: 204 }]);
    await holdfast.channels.get('webshop');
    await holdfast.channels.put('webshop', {});
    expect(await holdfast.channels.remove('webshop')).toBeUndefined();
    expect(sent.map(({ headers }) => headers.has('idempotency-key'))).toEqual([false, false, false]);
  });
});

describe('a call without an answer', () => {
  it.each([
    ['a connection that breaks', 'broken' as const],
    ['429', problem(429, 'too_many_requests')],
    ['502 of a proxy', { status: 502 }],
    ['503', problem(503, 'sku_busy')],
    ['504', problem(504, 'timeout')],
    ['a read behind the position it was asked for', problem(412, 'position_not_reached')],
  ])('is sent again: %s', async (_, behaviour) => {
    const { holdfast, waits } = clientOf([behaviour, { body: { status: 'ok' } }]);
    expect(await holdfast.channels.get('webshop')).toEqual({ status: 'ok' });
    expect(waits).toEqual([100]);
  });

  it.each([400, 401, 403, 404, 409, 422, 500])('is not sent again after %i', async (status) => {
    const { holdfast, sent } = clientOf([problem(status, 'a_code', { body: { details: [{ available: 3 }] } }), held]);
    const call = holdfast.reservations.reserve(ORDER);
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status, code: 'a_code', details: [{ available: 3 }], requestId: 'r-1', attempts: 1 });
    expect(error).toMatchObject({ operation: 'reservations.reserve', idempotencyKey: call.idempotencyKey });
    expect(sent).toHaveLength(1);
  });

  it('says in its message what was wrong', async () => {
    const details = [{ field: 'reasonCode', message: 'must be a string' }];
    const { holdfast } = clientOf([problem(400, 'validation_failed', { body: { details } })]);
    await expect(holdfast.reservations.reserve(ORDER)).rejects.toThrow('400 validation_failed: A sentence: reasonCode must be a string');
  });

  it('reads a file anew for each attempt', async () => {
    const { holdfast, sent } = clientOf(['broken', { status: 202, body: {} }]);
    let reads = 0;
    const file = (): ReadableStream<Uint8Array> => {
      reads += 1;
      return new Blob(['sku,quantity']).stream();
    };
    await holdfast.imports.begin(file, { kind: 'stock', dryRun: true });
    expect(reads).toBe(2);
    expect(sent.map(({ headers }) => headers.get('content-type'))).toEqual(['text/csv', 'text/csv']);
    expect(await new Response(sent[1]?.body as ReadableStream).text()).toBe('sku,quantity');
  });

  it('is sent once where the write must not be repeated', async () => {
    const { holdfast, sent } = clientOf(['broken', { body: {} }]);
    await expect(holdfast.rebuild.start()).rejects.toBeInstanceOf(ConnectionError);
    expect(sent).toHaveLength(1);
  });

  it('waits ever longer, or as long as it is told', async () => {
    const { holdfast, waits } = clientOf(['broken', 'broken', busy, 'broken', { body: {} }], { retries: 4 });
    await holdfast.channels.get('webshop');
    expect(waits).toEqual([100, 200, 2_000, 800]);
  });

  it('is given up where the server asks for more than half a minute, or the deadline comes first', async () => {
    const long = clientOf([problem(503, 'away', { headers: { 'retry-after': '31' } }), { body: {} }]);
    await expect(long.holdfast.channels.get('a')).rejects.toMatchObject({ code: 'away', retryAfterMs: 31_000 });
    const late = clientOf([busy, { body: {} }], { deadlineMs: 1_500 });
    await expect(late.holdfast.channels.get('a')).rejects.toMatchObject({ code: 'sku_busy', attempts: 1 });
  });

  it('says after the last attempt that the outcome of a write is unknown, and which key settles it', async () => {
    const { holdfast, sent } = clientOf(['silent', 'silent'], { retries: 1, timeoutMs: 5 });
    const call = holdfast.reservations.reserve(ORDER);
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ attempts: 2, idempotencyKey: call.idempotencyKey });
    expect(String(error)).toContain(`the same call with idempotencyKey ${String(call.idempotencyKey)} settles it`);
    expect(sent).toHaveLength(2);
  });

  it('ends at once when its caller stops it, with what the signal says', async () => {
    const stop = new AbortController();
    const { holdfast } = clientOf(['silent']);
    const call = holdfast.channels.get('webshop', { signal: stop.signal });
    stop.abort(new Error('the page was left'));
    await expect(call).rejects.toThrow('the page was left');
  });
});

describe('reads after writes', () => {
  const asked = ({ headers }: { readonly headers: Headers }): string | null => headers.get('holdfast-min-position');

  it('ask for the newest position that a write was answered with', async () => {
    const { holdfast, sent } = clientOf([
      { body: {} },
      held,
      { ...held, headers: { 'holdfast-position': '9' } },
      { body: {}, headers: { 'holdfast-position': '40' } },
      { body: {} },
    ]);
    await holdfast.products.get('TENT-2P');
    await holdfast.reservations.reserve(ORDER);
    await holdfast.reservations.reserve(ORDER);
    await holdfast.products.get('TENT-2P');
    await holdfast.availability.check({ items: [] });
    expect(sent.map(asked)).toEqual([null, null, null, '12', '12']);
    expect(holdfast.position).toBe(12n);
  });

  it('ask for what the caller names, and for nothing where that is wished', async () => {
    const { holdfast, sent } = clientOf([held, { body: {} }, { body: {} }], { consistency: 'eventual' });
    await holdfast.reservations.reserve(ORDER);
    await holdfast.products.get('TENT-2P');
    await holdfast.products.get('TENT-2P', { minPosition: 7n });
    expect(sent.map(asked)).toEqual([null, null, '7']);
  });
});

describe('listeners', () => {
  it('are told of each request, answer and retry', async () => {
    const told: string[] = [];
    const { holdfast } = clientOf([busy, held], {
      on: {
        request: ({ operation, attempt }) => told.push(`${operation} ${String(attempt)}`),
        response: ({ status }) => told.push(String(status)),
        retry: ({ waitMs, error }) => told.push(`${error.name} ${String(waitMs)}`),
      },
    });
    await holdfast.reservations.reserve(ORDER);
    expect(told).toEqual(['reservations.reserve 1', '503', 'ApiError 2000', 'reservations.reserve 2', '201']);
  });
});

describe('the outcome of a call', () => {
  it('is its value, or the refusal as a value', async () => {
    const { holdfast } = clientOf([held, problem(409, 'insufficient_stock', { body: { details: [{ available: 3 }] } })]);
    expect(await holdfast.outcome(holdfast.reservations.reserve(ORDER))).toEqual({ ok: true, value: held.body });
    expect(await holdfast.outcome(holdfast.reservations.reserve(ORDER))).toMatchObject({
      ok: false,
      code: 'insufficient_stock',
      details: [{ available: 3 }],
    });
  });

  it.each([problem(401, 'invalid_api_key'), problem(403, 'forbidden'), problem(500, 'internal_error')])(
    'is thrown where the question got no answer: %j',
    async (answer) => {
      const { holdfast } = clientOf([answer]);
      await expect(holdfast.outcome(holdfast.reservations.reserve(ORDER))).rejects.toBeInstanceOf(ApiError);
    },
  );
});
