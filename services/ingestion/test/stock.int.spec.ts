import { eventually, IngestionUnderTest } from './ingestion.js';
import { level } from './messages.js';

describe('stock figures over HTTP', () => {
  let ingestion: IngestionUnderTest;
  beforeAll(async () => {
    ingestion = await IngestionUnderTest.start({ environment: { HOLDFAST_BODY_LIMIT_BYTES: '1048576' } });
    await ingestion.connect();
    for (const locationId of ['BER', 'HAM']) await ingestion.call('POST', '/api/locations', { locationId, name: locationId });
  });
  afterAll(() => ingestion.stop());

  const record = (body: unknown, options = {}) => ingestion.call('POST', '/api/inventory/record-stock', body, options);
  const adjust = (body: unknown, options = {}) => ingestion.call('POST', '/api/inventory/adjust', body, options);
  const bulk = (body: unknown, options = {}) => ingestion.call('POST', '/v1/inventory/bulk', body, options);
  const reserve = (sku: string, quantity: number, reservationId: string) =>
    ingestion.runtime.ledger.execute(
      { tenant: 'acme', sku },
      {
        type: 'PlaceReservation',
        at: Date.now(),
        commandId: reservationId,
        reservationId,
        orderId: reservationId,
        quantity,
        ttlMs: 600_000,
        requestHash: reservationId,
        sources: [],
      },
    );

  describe('record-stock', () => {
    it('sets on hand, creates an unknown SKU unverified, and answers the balances and the position after it', async () => {
      const answer = await record({ sku: 'REC', locationId: 'BER', quantity: 12 });
      expect(answer).toMatchObject({
        status: 200,
        body: {
          id: 'REC~BER',
          productMasterId: 'REC',
          sku: 'REC',
          locationId: 'BER',
          quantityOnHand: 12,
          quantityReserved: 0,
          quantityAvailable: 12,
          safetyStock: 0,
        },
      });
      const { state, position } = await ingestion.runtime.ledger.read({ tenant: 'acme', sku: 'REC' });
      expect(answer.position).toBe(position.toString());
      expect(state.verified).toBe(false);
      expect((await record({ sku: 'REC', locationId: 'BER', quantity: 5 })).body).toMatchObject({ quantityOnHand: 5 });
    });

    it('says who counted and why', async () => {
      await record({
        sku: 'WHY',
        locationId: 'BER',
        quantity: 2,
        reasonCode: 'cycle',
        reason: 'spring',
        effectiveAt: '2026-03-01T12:00:00Z',
      });
      expect((await ingestion.events('WHY')).at(-1)).toMatchObject({
        reasonCode: 'cycle',
        reason: 'spring',
        counted: 2,
        effectiveAt: Date.parse('2026-03-01T12:00:00Z'),
      });
      const stored = await ingestion.runtime.eventStore.readStream('stock-acme.WHY');
      expect(stored.at(-1)?.metadata.actor).toBe('key-1');
    });

    it.each([
      ['an unknown location', { locationId: 'XXX' }, 404, 'unknown_location'],
      ['a location of another tenant', { locationId: 'BER' }, 404, 'unknown_location', 'other'],
      ['a negative quantity', { quantity: -1 }, 400, 'validation_failed'],
      ['a fraction', { quantity: 0.5 }, 400, 'validation_failed'],
      ['a huge quantity', { quantity: 1_000_000_001 }, 400, 'validation_failed'],
      ['a text for a number', { quantity: '5' }, 400, 'validation_failed'],
      ['no SKU', { sku: undefined }, 400, 'validation_failed'],
      ['a malformed SKU', { sku: 'a|b' }, 400, 'validation_failed'],
      ['an unknown field', { qty: 1 }, 400, 'validation_failed'],
      ['a time in the future', { effectiveAt: '2999-01-01T00:00:00Z' }, 400, 'validation_failed'],
    ])('refuses %s', async (_, fault, status, code, tenant = 'acme') =>
      expect(await record({ sku: 'REC', locationId: 'BER', quantity: 1, ...fault }, { tenant })).toMatchObject({ status, body: { code } }),
    );

    it('refuses malformed JSON, a body over the limit, nobody, and a caller without the permission', async () => {
      expect(await record('{"sku":')).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
      expect(await record({ sku: 'x'.repeat(2_000_000) })).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
      expect(await record({}, { anonymous: true })).toMatchObject({ status: 401 });
      expect(await record({}, { permissions: ['inventory.read'] })).toMatchObject({ status: 403, body: { code: 'missing_permission' } });
    });

    it('repeats its answer to the same key and body, and refuses another body under the key', async () => {
      const first = await record({ sku: 'KEYED', locationId: 'BER', quantity: 3 }, { key: 'k1' });
      await record({ sku: 'KEYED', locationId: 'BER', quantity: 9 });
      const again = await record({ sku: 'KEYED', locationId: 'BER', quantity: 3 }, { key: 'k1' });
      expect(again).toMatchObject({ status: 200, body: first.body, position: first.position });
      expect(await ingestion.onHand('KEYED', 'BER')).toBe(9);
      expect(await record({ sku: 'KEYED', locationId: 'BER', quantity: 4 }, { key: 'k1' })).toMatchObject({
        status: 422,
        body: { code: 'idempotency_key_reused' },
      });
    });
  });

  describe('figures of an earlier time', () => {
    const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
    const where = (sku: string) => ({ sku, locationId: 'BER' });

    it('a count leaves what was sold since sold, by itself and in bulk', async () => {
      const counted = minutesAgo(10);
      for (const sku of ['OLD', 'OLD-BULK']) {
        await record({ ...where(sku), quantity: 10, effectiveAt: minutesAgo(20) });
        await reserve(sku, 4, `sold-${sku}`);
        const sale = { type: 'CommitReservation', at: Date.now(), commandId: `sale-${sku}`, reservationId: `sold-${sku}` } as const;
        await ingestion.runtime.ledger.execute({ tenant: 'acme', sku }, sale);
      }
      expect(await record({ ...where('OLD'), quantity: 10, effectiveAt: counted })).toMatchObject({
        status: 200,
        body: { quantityOnHand: 6 },
      });
      expect((await bulk({ lines: [{ ...where('OLD-BULK'), quantity: 10, effectiveAt: counted }] })).body).toMatchObject({
        results: [{ status: 'ok', onHand: 6 }],
      });
    });

    it('what a later count or figure of the ERP saw is refused, and the later fact named', async () => {
      const later = minutesAgo(5);
      await record({ ...where('LATER'), quantity: 10, effectiveAt: later });
      const refusal = { code: 'counted_since', details: [{ ...where('LATER'), countedAt: later, later: 'count', laterAt: later }] };
      const earlier = { ...where('LATER'), effectiveAt: minutesAgo(6) };
      expect(await record({ ...earlier, quantity: 3 })).toMatchObject({ status: 409, body: refusal });
      expect(await adjust({ ...earlier, delta: 1, reasonCode: 'found' })).toMatchObject({ status: 409, body: refusal });
      expect((await bulk({ lines: [{ ...earlier, delta: 1 }] })).body).toMatchObject({
        results: [{ status: 'error', code: 'counted_since', message: expect.stringContaining(later) }],
      });
      expect(await ingestion.onHand('LATER', 'BER')).toBe(10);
    });
  });

  describe('adjust', () => {
    it('changes on hand by a difference', async () => {
      await record({ sku: 'ADJ', locationId: 'BER', quantity: 10 });
      expect(await adjust({ sku: 'ADJ', locationId: 'BER', delta: -3, reasonCode: 'damage' })).toMatchObject({
        status: 200,
        body: { quantityOnHand: 7 },
      });
      expect((await adjust({ sku: 'ADJ', locationId: 'BER', delta: 2, reasonCode: 'found' })).body).toMatchObject({ quantityOnHand: 9 });
    });

    it('takes no promised units, unless it is told that it may', async () => {
      await record({ sku: 'PROM', locationId: 'BER', quantity: 5 });
      await reserve('PROM', 4, 'prom-1');
      const taken = { sku: 'PROM', locationId: 'BER', delta: -2, reasonCode: 'damage' };
      expect(await adjust(taken)).toMatchObject({
        status: 409,
        body: { code: 'insufficient_stock', details: [{ sku: 'PROM', locationId: 'BER', requested: 2, available: 1 }] },
      });
      expect(await adjust({ ...taken, mayUncoverPromises: true })).toMatchObject({
        status: 200,
        body: { quantityOnHand: 3, quantityReserved: 4, quantityAvailable: 0 },
      });
    });

    it.each([
      ['units of an unknown SKU', { sku: 'NOBODY', delta: -1 }, 409, 'insufficient_stock'],
      ['an unknown location', { locationId: 'XXX' }, 404, 'unknown_location'],
      ['no reason', { reasonCode: undefined }, 400, 'validation_failed'],
      ['a fraction', { delta: 1.5 }, 400, 'validation_failed'],
      ['a huge difference', { delta: -2_000_000_000 }, 400, 'validation_failed'],
      ['no difference', { delta: 0 }, 400, 'invalid_quantity'],
    ])('refuses %s', async (_, fault, status, code) =>
      expect(await adjust({ sku: 'ADJ', locationId: 'BER', delta: 1, reasonCode: 'found', ...fault })).toMatchObject({
        status,
        body: { code },
      }),
    );

    it('needs its own permission', async () =>
      expect(await adjust({}, { permissions: ['inventory.write'] })).toMatchObject({ status: 403 }));

    it('knows no SKU of another tenant', async () =>
      expect(await adjust({ sku: 'ADJ', locationId: 'MAIN', delta: 1, reasonCode: 'found' }, { tenant: 'other' })).toMatchObject({
        status: 200,
        body: { quantityOnHand: 1 },
      }));

    it('creates an unknown SKU, unverified, as a count does', async () => {
      const found = { sku: 'FOUND', locationId: 'BER', delta: 2, reasonCode: 'found' };
      expect(await adjust(found)).toMatchObject({ status: 200, body: { quantityOnHand: 2 } });
      expect((await ingestion.runtime.ledger.read({ tenant: 'acme', sku: 'FOUND' })).state).toMatchObject({ known: true, verified: false });
    });
  });

  describe('adjustments of several locations', () => {
    const adjustAll = (sku: string, adjustments: readonly object[], options = {}, more = {}) =>
      ingestion.call('POST', `/v1/inventory/${sku}/adjustments`, { adjustments, ...more }, options);
    const at = (locationId: string, delta: number) => ({ locationId, delta });

    beforeAll(async () => {
      await record({ sku: 'SEV', locationId: 'BER', quantity: 10 });
      await record({ sku: 'SEV', locationId: 'HAM', quantity: 3 });
    });

    it('are one append of one event each, and answer the balances after it', async () => {
      const answer = await adjustAll('SEV', [at('BER', -5), at('HAM', -2)], { key: 'sev-1' }, { reason: 'flood' });
      expect(answer).toMatchObject({
        status: 200,
        body: {
          sku: 'SEV',
          totalOnHand: 6,
          totalReserved: 0,
          totalAvailable: 6,
          items: [
            { locationId: 'BER', quantityOnHand: 5 },
            { locationId: 'HAM', quantityOnHand: 1 },
          ],
        },
      });
      const events = (await ingestion.runtime.eventStore.readStream('stock-acme.SEV')).slice(-2);
      expect(events.map(({ data }) => data)).toMatchObject([
        { locationId: 'BER', delta: -5, reasonCode: 'adjustment', reason: 'flood' },
        { locationId: 'HAM', delta: -2, reasonCode: 'adjustment', reason: 'flood' },
      ]);
      expect(new Set(events.map(({ metadata }) => metadata.commandId)).size).toBe(1);
      await adjust({ sku: 'SEV', locationId: 'BER', delta: 1, reasonCode: 'found' });
      expect((await adjustAll('SEV', [at('BER', -5), at('HAM', -2)], { key: 'sev-1' }, { reason: 'flood' })).body).toEqual(answer.body);
      expect(await adjustAll('SEV', [at('BER', -4)], { key: 'sev-1' })).toMatchObject({
        status: 422,
        body: { code: 'idempotency_key_reused' },
      });
    });

    it('are refused as a whole, with the adjustment of each short location', async () => {
      const before = (await ingestion.events('SEV')).length;
      expect(await adjustAll('SEV', [at('MAIN', 3), at('HAM', -9), at('BER', -90)])).toMatchObject({
        status: 409,
        body: {
          code: 'insufficient_stock',
          details: [
            { field: 'adjustments[1].delta', locationId: 'HAM', requested: 9, available: 1 },
            { field: 'adjustments[2].delta', locationId: 'BER', requested: 90 },
          ],
        },
      });
      expect(await ingestion.events('SEV')).toHaveLength(before);
    });

    it.each([
      ['an unknown SKU', 'NOBODY', [at('BER', 1)], 404, 'unknown_sku', undefined],
      ['an unknown location', 'SEV', [at('BER', 1), at('XXX', 1)], 404, 'unknown_location', 'adjustments[1].locationId'],
      ['a location named twice', 'SEV', [at('BER', 1), at('BER', 1)], 400, 'validation_failed', 'adjustments[1].locationId'],
      ['no difference', 'SEV', [at('BER', 1), at('HAM', 0)], 400, 'invalid_quantity', 'adjustments[1].delta'],
      ['a fraction', 'SEV', [at('BER', 0.5)], 400, 'validation_failed', 'adjustments[0].delta'],
      ['nothing', 'SEV', [], 400, 'validation_failed', 'adjustments'],
      ['too many', 'SEV', Array.from({ length: 101 }, () => at('BER', 1)), 400, 'too_many_lines', 'adjustments'],
    ])('refuse %s', async (_, sku, adjustments, status, code, field) => {
      const details = field === undefined ? {} : { details: [expect.objectContaining({ field })] as unknown[] };
      expect(await adjustAll(sku, adjustments)).toMatchObject({ status, body: { code, ...details } });
    });

    it('of a time that a later count contains are refused', async () => {
      const effectiveAt = '2026-03-01T12:00:00Z';
      expect(await adjustAll('SEV', [at('MAIN', 1), at('HAM', 1)], {}, { effectiveAt })).toMatchObject({
        status: 409,
        body: { code: 'counted_since', details: [{ field: 'adjustments[1].locationId', locationId: 'HAM', later: 'count' }] },
      });
    });

    it('need their permission', async () =>
      expect(await adjustAll('SEV', [at('BER', 1)], { permissions: ['inventory.write'] })).toMatchObject({ status: 403 }));
  });

  describe('safety stock', () => {
    it('is set by the id of an item', async () => {
      await record({ sku: 'SAFE~1', locationId: 'BER', quantity: 5 });
      for (const id of ['SAFE!1~BER', 'SAFE~1~BER']) {
        const answer = await ingestion.call('POST', `/api/inventory/availability/${encodeURIComponent(id)}`, { safetyStock: 2 });
        expect(answer).toMatchObject({
          status: 200,
          body: { id: 'SAFE!1~BER', sku: 'SAFE~1', locationId: 'BER', safetyStock: 2, quantityAvailable: 5 },
        });
      }
    });

    it.each([
      ['SAFE', 404, 'unknown_item'],
      ['SAFE~XXX', 404, 'unknown_item'],
      ['NOBODY~BER', 404, 'unknown_sku'],
    ])('refuses %s', async (id, status, code) =>
      expect(await ingestion.call('POST', `/api/inventory/availability/${id}`, { safetyStock: 2 })).toMatchObject({
        status,
        body: { code },
      }),
    );
  });

  describe('bulk', () => {
    it('gives each line its own result and lets good lines pass bad ones', async () => {
      const answer = await bulk({
        lines: [
          { sku: 'B1', locationId: 'BER', quantity: 10 },
          { sku: 'B1', locationId: 'BER', delta: -4, reasonCode: 'damage' },
          { sku: 'B1', locationId: 'XXX', quantity: 1 },
          { sku: 'B2', locationId: 'BER', delta: 1 },
          { sku: 'B1', locationId: 'BER', delta: -100 },
          { sku: 'B1', locationId: 'BER', quantity: -1 },
          { sku: 'B1', locationId: 'BER' },
          { sku: 'B1', locationId: 'BER', quantity: 1, delta: 1 },
          'line',
          { sku: 'B3', locationId: 'HAM', quantity: 0 },
        ],
      });
      expect(answer).toMatchObject({ status: 200, body: { summary: { lines: 10, ok: 4, failed: 6 } } });
      const results = answer.body['results'] as readonly { index: number; status: string; code?: string; onHand?: number }[];
      expect(results.map(({ index, status, code, onHand }) => [index, code ?? status, onHand])).toEqual([
        [0, 'ok', 6],
        [1, 'ok', 6],
        [2, 'unknown_location', undefined],
        [3, 'ok', 1],
        [4, 'insufficient_stock', undefined],
        [5, 'validation_failed', undefined],
        [6, 'validation_failed', undefined],
        [7, 'validation_failed', undefined],
        [8, 'validation_failed', undefined],
        [9, 'ok', 0],
      ]);
      expect(answer.position).toMatch(/^\d+$/);
    });

    it('takes 10,000 lines and refuses more, and none', async () => {
      const lines = Array.from({ length: 10_000 }, (_, index) => ({ sku: `BULK-${index}`, locationId: 'BER', quantity: index }));
      const answer = await bulk({ lines });
      expect(answer.body).toMatchObject({ summary: { lines: 10_000, ok: 10_000, failed: 0 } });
      expect(await ingestion.onHand('BULK-9999', 'BER')).toBe(9_999);
      expect(await bulk({ lines: [...lines, lines[0]] })).toMatchObject({ status: 400, body: { code: 'too_many_lines' } });
      expect(await bulk({ lines: [] })).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
      expect(await bulk({})).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    });

    it('sent again under its key, changes nothing and answers the same', async () => {
      const lines = [
        { sku: 'AGAIN', locationId: 'BER', quantity: 5 },
        { sku: 'AGAIN', locationId: 'BER', delta: 2 },
      ];
      const first = await bulk({ lines }, { key: 'bulk-1' });
      await adjust({ sku: 'AGAIN', locationId: 'BER', delta: 1, reasonCode: 'found' });
      expect((await bulk({ lines }, { key: 'bulk-1' })).body).toEqual(first.body);
      expect(await ingestion.onHand('AGAIN', 'BER')).toBe(8);
      expect(await bulk({ lines: lines.slice(1) }, { key: 'bulk-1' })).toMatchObject({ status: 422 });
    });

    it('sent again after it was cut off, applies each line once, however many of one SKU', async () => {
      await record({ sku: 'CUT', locationId: 'BER', quantity: 0 });
      const lines = Array.from({ length: 200 }, () => ({ sku: 'CUT', locationId: 'BER', delta: 1 }));
      const { ledger } = ingestion.runtime;
      const { execute } = ledger;
      let left = 150;
      ledger.execute = (...call) => {
        left -= 1;
        return left < 0
          ? Promise.reject(Object.assign(new Error('away'), { code: 'event_store_unavailable' }))
          : execute.apply(ledger, call);
      };
      expect(await bulk({ lines }, { key: 'cut-1' })).toMatchObject({ status: 503, body: { code: 'event_store_unavailable' } });
      ledger.execute = execute;
      expect(await bulk({ lines }, { key: 'cut-1' })).toMatchObject({ status: 200, body: { summary: { ok: 200 } } });
      expect(await ingestion.onHand('CUT', 'BER')).toBe(200);
    });
  });

  describe('bulk update of the sales channel', () => {
    const update = (items: readonly unknown[], options = {}) =>
      ingestion.call('PUT', '/sales-channel/inventory/bulk/update', { items }, options);

    it('sets the figure where the SKU lies, and asks where it lies in several places', async () => {
      await record({ sku: 'ONE', locationId: 'HAM', quantity: 1 });
      await record({ sku: 'TWO', locationId: 'HAM', quantity: 1 });
      await record({ sku: 'TWO', locationId: 'BER', quantity: 1 });
      const answer = await update([
        { sku: 'ONE', quantity: 7, reason: 'warehouse count' },
        { sku: 'FRESH', quantity: 8 },
        { sku: 'TWO', quantity: 9 },
      ]);
      expect(answer.body['results']).toMatchObject([
        { index: 0, status: 'ok', onHand: 7 },
        { index: 1, status: 'ok', onHand: 8 },
        { index: 2, status: 'error', code: 'location_required', message: expect.stringContaining('name one in locationId') as unknown },
      ]);
      expect(await ingestion.onHand('ONE', 'HAM')).toBe(7);
      expect(await ingestion.onHand('FRESH', 'MAIN')).toBe(8);
    });

    it('are not counted twice where one line names the location that the other means', async () => {
      const answer = await update([
        { sku: 'ANYWHERE', quantity: 3 },
        { sku: 'ANYWHERE', quantity: 4, locationId: 'MAIN' },
      ]);
      expect(answer.body['results']).toMatchObject([
        { index: 0, code: 'repeated_line' },
        { index: 1, code: 'repeated_line' },
      ]);
    });

    it('are not counted twice in one call, but may differ more than once', async () => {
      const count = { sku: 'TWICE', locationId: 'BER' };
      const answer = await bulk({
        lines: [
          { ...count, quantity: 5 },
          { ...count, locationId: 'HAM', quantity: 5 },
          { ...count, quantity: 6 },
        ],
      });
      const twice = { code: 'repeated_line', message: expect.stringMatching(/: index 0, index 2$/) as unknown };
      expect(answer.body['results']).toMatchObject([twice, { status: 'ok' }, twice]);
      expect(await ingestion.onHand('TWICE', 'BER')).toBeUndefined();
      expect(
        (
          await update([
            { sku: 'TWICE', quantity: 5 },
            { sku: 'TWICE', quantity: 6 },
          ])
        ).body,
      ).toMatchObject({ summary: { failed: 2 } });
      const differences = [4, -1, 2].map((delta) => ({ ...count, locationId: 'HAM', delta }));
      expect((await bulk({ lines: differences })).body['results']).toMatchObject([{ onHand: 10 }, { onHand: 10 }, { onHand: 10 }]);
    });

    it('put the figure where the SKU lay, though nothing is left there', async () => {
      await record({ sku: 'EMPTIED', locationId: 'BER', quantity: 0 });
      expect((await update([{ sku: 'EMPTIED', quantity: 3 }])).body).toMatchObject({ summary: { ok: 1 } });
      expect(await ingestion.onHand('EMPTIED', 'BER')).toBe(3);
      expect(await ingestion.onHand('EMPTIED', 'MAIN')).toBeUndefined();
    });
  });

  describe('POST /v1/erp/messages', () => {
    const send = (messages: readonly unknown[], options = {}) => ingestion.call('POST', '/v1/erp/messages', { messages }, options);

    it('publishes valid messages and names the others', async () => {
      const answer = await send([level('http-1', { sku: 'HTTP', quantity: 5 }), { ...level('http-2'), quantity: 1.5 }, null]);
      expect(answer).toMatchObject({ status: 202, body: { accepted: 1 } });
      expect(answer.body['rejected']).toMatchObject([
        { index: 1, code: 'schema_violation', message: 'quantity must be a whole number' },
        { index: 2, code: 'schema_violation' },
      ]);
      await eventually(async () => expect(await ingestion.onHand('HTTP')).toBe(5));
    });

    it('names those of a connection that does not exist, and takes them once it does', async () => {
      const messages = [level('http-3', { connectionId: 'oracle', sku: 'HTTP3', quantity: 4 }), level('http-4', { sku: 'HTTP4' })];
      const answer = await send(messages);
      expect(answer).toMatchObject({ status: 202, body: { accepted: 1 } });
      expect(answer.body['rejected']).toMatchObject([
        { index: 0, code: 'unknown_connection', message: expect.stringContaining('PUT /v1/erp/connections/oracle') as unknown },
      ]);
      await ingestion.connect('oracle');
      expect(await send(messages.slice(0, 1))).toMatchObject({ body: { accepted: 1, rejected: [] } });
      await eventually(async () => expect(await ingestion.onHand('HTTP3')).toBe(4));
    });

    it('needs its permission, knows its limit, and repeats its answer to a key', async () => {
      expect(await send([], { permissions: ['inventory.*'] })).toMatchObject({ status: 403 });
      expect(await send([])).toMatchObject({ status: 400 });
      const messages = [level('http-key', { sku: 'HTTPKEY' })];
      const first = await send(messages, { key: 'h1' });
      expect((await send(messages, { key: 'h1' })).body).toEqual(first.body);
      expect(await send([level('http-key2')], { key: 'h1' })).toMatchObject({ status: 422 });
    });

    it('publishes 10,000 messages in one call and refuses more', async () => {
      const messages = Array.from({ length: 10_000 }, (_, index) => ({ type: 'level', messageId: `m${index}` }));
      expect(await send(messages)).toMatchObject({ status: 202, body: { accepted: 0 } });
      expect(await send([...messages, {}])).toMatchObject({ status: 400, body: { code: 'too_many_lines' } });
    });
  });
});
