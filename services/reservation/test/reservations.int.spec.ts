import { randomUUID } from 'node:crypto';
import { START } from '@holdfast/event-store';
import { lotViews, type ReceivedPosition } from '@holdfast/inventory';
import { MAX_ORDER_LINES } from '@holdfast/platform';
import { migrateReadModel, Projection, READ_MODEL } from '@holdfast/read-model';
import { eventually, ServiceUnderTest } from './service.js';

describe('reservations over HTTP', () => {
  let shop: ServiceUnderTest;
  let orders = 0;

  const items = (units: Readonly<Record<string, number>>) => Object.entries(units).map(([sku, quantity]) => ({ sku, quantity }));
  const order = (units: Readonly<Record<string, number>>, more: object = {}) => {
    orders += 1;
    return { items: items(units), orderId: `order-${orders}`, ...more };
  };
  const held = async (units: Readonly<Record<string, number>>, more: object = {}): Promise<string> => {
    const answer = await shop.reserve(order(units, more));
    expect(answer.status).toBe(201);
    return String(answer.body['reservationId']);
  };

  const receiveLot = (sku: string, position: ReceivedPosition): Promise<void> => {
    const fact = { locationId: 'MAIN', quantity: position.quantity, effectiveAt: Date.now(), messageId: randomUUID() };
    return shop.change(sku, { type: 'ReceiveStock', ...fact, positions: [position] });
  };

  const lotsOf = async (sku: string): Promise<Readonly<Record<string, number>>> => {
    const { state } = await shop.runtime.ledger.read({ tenant: 'acme', sku });
    return Object.fromEntries(lotViews(state, Date.now()).map(({ lotId, quantity }) => [lotId, quantity]));
  };

  /** So many other reservations of the SKU come and go. */
  const passBy = async (sku: string, count: number): Promise<void> => {
    const ids = Array.from({ length: count }, () => randomUUID());
    const placement = { quantity: 1, ttlMs: 60_000, requestHash: 'other', sources: [] };
    const place = (id: string) => shop.change(sku, { type: 'PlaceReservation', reservationId: id, orderId: id, ...placement });
    await Promise.all(ids.map(place));
    await Promise.all(ids.map((reservationId) => shop.change(sku, { type: 'ReleaseReservation', reservationId })));
  };

  /** What the projection does, once. */
  const project = async (): Promise<void> => {
    const { pool, connectionString } = shop.runtime.database;
    await migrateReadModel(connectionString, READ_MODEL);
    const projection = await Projection.open(pool, READ_MODEL, shop.runtime.eventStore);
    let position = START;
    for (let atEnd = false; !atEnd;) {
      const page = await shop.runtime.eventStore.readAll({ after: position, limit: 5_000 });
      await projection.add(page.events.filter(({ stream }) => !stream.startsWith('channels-')));
      ({ position, atEnd } = page);
    }
    await projection.write(projection.take(position, undefined), START);
  };

  beforeAll(async () => {
    shop = await ServiceUnderTest.start();
  });
  afterAll(() => shop.stop());

  describe('of one SKU', () => {
    it('hold the units, say where each comes from and until when', async () => {
      await shop.stock('one/1', 5);
      const before = Date.now();
      const answer = await shop.reserve({ items: [{ sku: 'one/1', quantity: 2 }], orderId: 'ord-abc', ttl: 60 });
      expect(answer).toMatchObject({
        status: 201,
        position: expect.stringMatching(/^\d+$/),
        body: {
          reservationId: expect.stringMatching(/^rs_/),
          orderId: 'ord-abc',
          status: 'held',
          lines: [
            {
              sku: 'one/1',
              requested: 2,
              quantity: 2,
              committed: 0,
              sources: [{ locationId: 'MAIN', quantity: 2, because: expect.any(String) }],
            },
          ],
        },
      });
      const expiresAt = Date.parse(String(answer.body['expiresAt']));
      expect(expiresAt - before).toBeGreaterThanOrEqual(60_000);
      expect(expiresAt - Date.now()).toBeLessThanOrEqual(60_000);
      expect((await shop.find(answer.body['reservationId'])).body).toEqual(answer.body);
      expect(await shop.units('one/1')).toEqual({ onHand: 5, reserved: 2 });
    });

    it('add up lines of the same SKU before anything is decided', async () => {
      await shop.stock('fold', 5);
      const twice = { orderId: 'fold', items: [...items({ fold: 3 }), ...items({ fold: 3 })] };
      expect(await shop.reserve(twice)).toMatchObject({
        status: 409,
        body: { code: 'insufficient_stock', details: [{ sku: 'fold', requested: 6, available: 5 }] },
      });
      const fitting = { orderId: 'fold', items: [...items({ fold: 3 }), ...items({ fold: 2 })] };
      expect(await shop.reserve(fitting)).toMatchObject({ status: 201, body: { lines: [{ sku: 'fold', requested: 5, quantity: 5 }] } });
    });

    it('take what there is where the caller is content with a part', async () => {
      await shop.stock('part', 3);
      expect(await shop.reserve(order({ part: 5 }, { partial: true }))).toMatchObject({
        status: 201,
        body: { lines: [{ requested: 5, quantity: 3 }] },
      });
      expect((await shop.reserve(order({ part: 1 }, { partial: true }))).status).toBe(409);
    });

    it('come from locations by their priority, or from the one that is asked for', async () => {
      const location = (locationId: string, priority: number) =>
        shop.append('locations-acme', 'LocationRegistered.v1', { locationId, name: locationId, kind: 'warehouse', priority });
      await location('FAR', 50);
      await location('NEAR', 10);
      await shop.stock('placed', 2, 'FAR');
      await shop.stock('placed', 2, 'NEAR');
      const sources = async (more: object): Promise<unknown> => {
        const { body } = await shop.reserve(order({ placed: 1 }, more));
        return (body['lines'] as readonly { sources: readonly { locationId: string }[] }[])[0]?.sources.map((source) => source.locationId);
      };
      expect(await sources({ locationId: 'FAR' })).toEqual(['FAR']);
      expect(await shop.reserve(order({ placed: 2 }, { locationId: 'FAR' }))).toMatchObject({
        status: 409,
        body: { details: [{ requested: 2, available: 1, locations: [{ locationId: 'FAR', available: 1 }] }] },
      });
      expect(await shop.reserve(order({ placed: 3 }))).toMatchObject({
        status: 201,
        body: {
          lines: [
            {
              sources: [
                { locationId: 'NEAR', quantity: 2 },
                { locationId: 'FAR', quantity: 1 },
              ],
            },
          ],
        },
      });
    });

    it('come from the nearest location where the channel says so, and a refusal says what could be had instead', async () => {
      const location = (locationId: string, latitude: number, longitude: number) => ({
        ...{ locationId, name: locationId, kind: 'warehouse', priority: 100, latitude, longitude },
      });
      await shop.append('locations-acme', 'LocationRegistered.v1', location('G-HAM', 53.551, 9.994));
      await shop.append('locations-acme', 'LocationRegistered.v1', location('G-MUC', 48.137, 11.575));
      await shop.append('channels-acme', 'ChannelEnabled.v1', {
        channelId: 'geo',
        name: 'geo',
        channelType: 'webhook',
        policy: { policyId: 'default', bufferUnits: 0, bufferPercent: 0, lowThreshold: 10, criticalThreshold: 0 },
        sourcePolicy: { name: 'nearest' },
        ttl: { defaultMs: 120_000, leastMs: 60_000, mostMs: 180_000 },
      });
      await shop.stock('geo-1', 3, 'G-MUC');
      await shop.stock('geo-1', 3, 'G-HAM');
      const wish = (more: object) => order({ 'geo-1': 1 }, { channelId: 'geo', ...more });
      const berlin = { latitude: 52.52, longitude: 13.405 };
      await eventually(async () => {
        expect(await shop.reserve(wish({ destination: berlin }))).toMatchObject({
          status: 201,
          body: { lines: [{ sources: [{ locationId: 'G-HAM', because: 'nearest: 255 km' }] }] },
        });
      });
      expect(await shop.reserve(wish({ destination: { latitude: 52.52 } }))).toMatchObject({
        status: 400,
        body: { code: 'validation_failed', details: [{ field: 'destination.longitude' }] },
      });
      const stored = await shop.runtime.eventStore.readStream('stock-acme.geo-1');
      expect(JSON.stringify(stored.map(({ data }) => data))).not.toContain('52.52');

      const refused = await shop.reserve({ ...order({ 'geo-1': 3 }), locationId: 'G-HAM' });
      expect(refused).toMatchObject({
        status: 409,
        body: {
          details: [
            {
              requested: 3,
              available: 2,
              alternatives: [
                { kind: 'smaller_quantity', quantity: 2 },
                { kind: 'other_location', locationId: 'G-MUC', quantity: 3 },
                { kind: 'later', at: expect.stringMatching(/Z$/), because: 'holds_end' },
              ],
            },
          ],
        },
      });
    });

    it('live as long as their channel allows, also when they are extended', async () => {
      await shop.stock('geo-2', 9);
      const from = Date.now();
      const { body } = await shop.reserve(order({ 'geo-2': 1 }, { channelId: 'geo' }));
      const expiresAt = Date.parse(String(body['expiresAt']));
      expect(expiresAt - from).toBeGreaterThanOrEqual(120_000);
      expect(expiresAt - Date.now()).toBeLessThanOrEqual(120_000);
      for (const ttl of [59, 181]) {
        const expected = { status: 400, body: { code: 'validation_failed', details: [{ field: 'ttl' }] } };
        expect(await shop.reserve(order({ 'geo-2': 1 }, { channelId: 'geo', ttl }))).toMatchObject(expected);
        expect(await shop.wish('extend', body['reservationId'], { ttl })).toMatchObject(expected);
      }
      expect((await shop.reserve(order({ 'geo-2': 1 }, { channelId: 'geo', ttl: 60 }))).status).toBe(201);
      expect((await shop.wish('extend', body['reservationId'], { ttl: 180 })).status).toBe(200);
      expect((await shop.reserve(order({ 'geo-2': 1 }, { ttl: 30 }))).status).toBe(201);
    });

    it('are committed once; a repeat is answered, a contradiction names the state', async () => {
      await shop.stock('once', 5);
      const id = await held({ once: 2 });
      const first = await shop.wish('commit', id);
      expect(first).toMatchObject({ status: 200, body: { status: 'committed', lines: [{ quantity: 2, committed: 2 }] } });
      expect(await shop.wish('commit', id)).toMatchObject({ status: 200, body: first.body });
      expect(await shop.wish('release', id)).toMatchObject({ status: 409, body: { code: 'reservation_committed' } });
      expect(await shop.wish('extend', id, { ttl: 60 })).toMatchObject({ status: 409, body: { code: 'reservation_committed' } });
      expect(await shop.units('once')).toEqual({ onHand: 3, reserved: 0 });
    });

    it('are committed in parts, never beyond what is held', async () => {
      await shop.stock('parts', 5);
      const id = await held({ parts: 3 });
      expect(await shop.wish('commit', id, { lines: items({ parts: 1 }) })).toMatchObject({
        status: 200,
        body: { status: 'held', lines: [{ quantity: 3, committed: 1 }] },
      });
      expect(await shop.wish('commit', id, { lines: items({ parts: 3 }) })).toMatchObject({
        status: 409,
        body: { code: 'quantity_exceeds_open' },
      });
      expect((await shop.wish('commit', id, { lines: items({ other: 1 }) })).status).toBe(409);
      expect(await shop.wish('commit', id)).toMatchObject({ status: 200, body: { status: 'committed', lines: [{ committed: 3 }] } });
      expect(await shop.units('parts')).toEqual({ onHand: 2, reserved: 0 });
    });

    it('take the lot that is named, whatever expires first, and units that may not leave by what is recorded if a person says so', async () => {
      await receiveLot('tea', { lotId: 'A', quantity: 3, expiryDate: '2999-01-01', expiresAt: 32_472_144_000_000 });
      await receiveLot('tea', { lotId: 'B', quantity: 2 });
      const id = await held({ tea: 5 });
      const lots = [{ lotId: 'B', quantity: 1 }];
      expect(await shop.wish('commit', id, { lots: [{ lotId: 'C', quantity: 1 }] })).toMatchObject({
        status: 404,
        body: { code: 'unknown_lot' },
      });
      expect(await shop.wish('commit', id, { lines: [{ sku: 'tea', quantity: 1, lots }] })).toMatchObject({
        status: 200,
        body: { status: 'held' },
      });
      expect(await lotsOf('tea')).toEqual({ A: 3, B: 1 });
      await shop.change('tea', { type: 'PlaceHold', holdId: 'h2', holdType: 'recall', lotId: 'B' });
      expect(await shop.wish('commit', id, { lots })).toMatchObject({
        status: 409,
        body: { code: 'stock_held', details: [{ reservationId: id, requested: 4, sellable: 3 }] },
      });
      expect(await shop.wish('commit', id, { lines: [{ sku: 'tea', quantity: 1, lots }] })).toMatchObject({
        status: 409,
        body: { code: 'lot_held', details: [{ reservationId: id, lotId: 'B' }] },
      });
      expect(await shop.wish('commit', id, { allowUncovered: true })).toMatchObject({ status: 200, body: { status: 'committed' } });
      expect(await lotsOf('tea')).toEqual({ A: 0, B: 1 });
      expect(await shop.units('tea')).toEqual({ onHand: 0, reserved: 0 });
    });

    it('are released once; a contradiction names the state', async () => {
      await shop.stock('free', 5);
      const id = await held({ free: 2 });
      expect(await shop.wish('release', id)).toMatchObject({ status: 200, body: { status: 'released' } });
      expect(await shop.wish('release', id)).toMatchObject({ status: 200, body: { status: 'released' } });
      expect(await shop.wish('commit', id)).toMatchObject({ status: 409, body: { code: 'reservation_released' } });
    });

    it('are released in part: the rest stays held, and a field that nobody knows is refused', async () => {
      await shop.stock('lessened', 10);
      const id = await held({ lessened: 6 });
      const answer = await shop.wish('release', id, { lines: items({ lessened: 4 }) }, { key: 'part' });
      expect(answer).toMatchObject({ status: 200, body: { status: 'held', lines: [{ quantity: 6, committed: 0, released: 4 }] } });
      expect(await shop.units('lessened')).toEqual({ onHand: 10, reserved: 2 });
      expect((await shop.wish('release', id, { lines: items({ lessened: 4 }) }, { key: 'part' })).body).toEqual(answer.body);
      expect(await shop.wish('release', id, { lines: items({ lessened: 3 }) })).toMatchObject({
        status: 409,
        body: { code: 'quantity_exceeds_open', details: [{ requested: 3, open: 2 }] },
      });
      expect(await shop.wish('release', id, { line: items({ lessened: 1 }) })).toMatchObject({
        status: 400,
        body: { code: 'validation_failed' },
      });
      expect(await shop.wish('commit', id)).toMatchObject({ status: 200, body: { status: 'committed', lines: [{ committed: 2 }] } });
      expect(await shop.units('lessened')).toEqual({ onHand: 8, reserved: 0 });
    });

    it('hold for an order once, whatever the key: the first hold again for the same units, and its name for others', async () => {
      await shop.stock('own', 10);
      const body = order({ own: 2 });
      const first = await shop.reserve(body, { key: 'own-1' });
      expect(await shop.reserve(body, { key: 'own-2' })).toMatchObject({ status: 201, body: first.body });
      expect(await shop.reserve({ ...body, ttl: 30 })).toMatchObject({ status: 201, body: first.body });
      const { reservationId } = first.body;
      expect(await shop.reserve({ ...body, items: items({ own: 3 }) })).toMatchObject({
        status: 409,
        body: { code: 'order_held', details: [{ sku: 'own', requested: 3, reservationId }] },
      });
      expect(await shop.units('own')).toEqual({ onHand: 10, reserved: 2 });

      await shop.wish('commit', reservationId);
      expect(await shop.reserve(body)).toMatchObject({ status: 201, body: { reservationId, status: 'committed' } });
      expect((await shop.reserve({ ...body, items: items({ own: 1 }) })).body).not.toMatchObject({ reservationId });
      expect(await shop.units('own')).toEqual({ onHand: 8, reserved: 1 });
    });

    it('are placed anew for an order once its hold was released', async () => {
      await shop.stock('anew', 10);
      const body = order({ anew: 2 });
      const first = await shop.reserve(body);
      await shop.wish('release', first.body['reservationId']);
      const second = await shop.reserve(body);
      expect(second).toMatchObject({ status: 201, body: { status: 'held' } });
      expect(second.body['reservationId']).not.toBe(first.body['reservationId']);
    });

    it('are known still after their SKU has forgotten them', async () => {
      await shop.stock('busy', 5_000);
      const committed = await held({ busy: 1 });
      const released = await held({ busy: 1 });
      await shop.wish('commit', committed);
      await shop.wish('release', released);
      const stays = await held({ busy: 1 });
      const expectKnown = async (): Promise<void> => {
        expect(await shop.find(committed)).toMatchObject({ status: 200, body: { status: 'committed', lines: [{ committed: 1 }] } });
        expect(await shop.wish('commit', committed)).toMatchObject({ status: 200, body: { status: 'committed' } });
        expect(await shop.wish('release', committed)).toMatchObject({ status: 409, body: { code: 'reservation_committed' } });
        expect(await shop.wish('commit', released)).toMatchObject({ status: 409, body: { code: 'reservation_released' } });
        expect(await shop.wish('extend', released, { ttl: 5 })).toMatchObject({ status: 409, body: { code: 'reservation_released' } });
        expect(await shop.find(stays)).toMatchObject({ status: 200, body: { status: 'held' } });
      };
      // Enough to be forgotten by the state of the SKU, not by the newest events of its stream.
      await passBy('busy', 1_030);
      const { state } = await shop.runtime.ledger.read({ tenant: 'acme', sku: 'busy' });
      expect(state.ended.has(committed)).toBe(false);
      await expectKnown();
      // And by these, too; then the tables know.
      await passBy('busy', 2_000);
      expect(await shop.wish('commit', committed)).toMatchObject({ status: 404, body: { code: 'unknown_reservation' } });
      await project();
      await expectKnown();
    });
  });

  describe('of several SKUs', () => {
    it('hold all lines, commit all, and answer repeats', async () => {
      await shop.stock('x', 5);
      await shop.stock('y', 5);
      const answer = await shop.reserve(order({ x: 2, y: 3 }));
      expect(answer).toMatchObject({
        status: 201,
        body: {
          reservationId: expect.stringMatching(/^ro_/),
          status: 'held',
          lines: [
            { sku: 'x', quantity: 2 },
            { sku: 'y', quantity: 3 },
          ],
        },
      });
      const id = answer.body['reservationId'];
      expect((await shop.find(id)).body).toEqual(answer.body);
      const committed = await shop.wish('commit', id);
      expect(committed).toMatchObject({ status: 200, body: { status: 'committed' } });
      expect((await shop.wish('commit', id)).body).toEqual(committed.body);
      expect(await shop.wish('release', id)).toMatchObject({ status: 409, body: { code: 'reservation_committed' } });
      expect(await shop.units('x')).toEqual({ onHand: 3, reserved: 0 });
      expect(await shop.units('y')).toEqual({ onHand: 2, reserved: 0 });
    });

    it('come from the one location that has all lines, whatever its priority', async () => {
      const location = (locationId: string, priority: number) =>
        shop.append('locations-acme', 'LocationRegistered.v1', { locationId, name: locationId, kind: 'warehouse', priority });
      await location('ONE', 1);
      await location('TWO', 2);
      for (const sku of ['all-1', 'all-2']) await shop.stock(sku, 5, 'TWO');
      await shop.stock('all-1', 5, 'ONE');
      const answer = await shop.reserve(order({ 'all-1': 2, 'all-2': 2 }));
      const lines = answer.body['lines'] as readonly {
        readonly sources: readonly { readonly locationId: string; readonly because: string }[];
      }[];
      expect(lines.map(({ sources }) => sources.map(({ locationId }) => locationId))).toEqual([['TWO'], ['TWO']]);
      expect(lines[0]?.sources[0]?.because).toBe('has all lines of the order, priority 2');
    });

    it('hold nothing where a line is short and give the figures of each short line', async () => {
      await shop.stock('plenty', 5);
      await shop.stock('scarce', 1);
      await shop.stock('none', 0);
      expect(await shop.reserve(order({ plenty: 1, scarce: 2, none: 1 }))).toMatchObject({
        status: 409,
        body: {
          error: expect.any(String),
          code: 'insufficient_stock',
          requestId: expect.any(String),
          details: [
            { sku: 'scarce', requested: 2, available: 1, locations: [{ locationId: 'MAIN', available: 1 }] },
            { sku: 'none', requested: 1, available: 0, locations: [{ locationId: 'MAIN', available: 0 }] },
          ],
        },
      });
      expect(await shop.units('plenty')).toEqual({ onHand: 5, reserved: 0 });
    });

    it('take the lots that each line names, and are refused whole with every line that cannot leave as asked', async () => {
      for (const sku of ['ham', 'milk']) for (const lotId of ['A', 'B']) await receiveLot(sku, { lotId, quantity: 3 });
      await shop.stock('cup', 4);
      const id = await held({ ham: 4, milk: 4, cup: 2 });
      await shop.change('milk', { type: 'PlaceHold', holdId: 'h1', holdType: 'recall', lotId: 'A' });
      const commit = (lines: readonly object[], more: object = {}) => shop.wish('commit', id, { lines, ...more });
      const named = (sku: string, quantity: number, lotId: string, units: number) => ({
        sku,
        quantity,
        lots: [{ lotId, quantity: units }],
      });

      expect(await commit([named('ham', 2, 'B', 5), named('milk', 1, 'A', 1), named('cup', 1, 'C', 1)])).toMatchObject({
        status: 409,
        body: {
          code: 'insufficient_lot_stock',
          details: [
            { reservationId: id, sku: 'ham', code: 'insufficient_lot_stock', lotId: 'B', requested: 5, available: 3 },
            { sku: 'milk', code: 'lot_held', lotId: 'A' },
            { sku: 'cup', code: 'unknown_lot', lotId: 'C' },
          ],
        },
      });
      expect(await commit([named('cup', 1, 'C', 1)])).toMatchObject({ status: 404, body: { code: 'unknown_lot' } });
      expect(await commit([named('ham', 1, 'B', 2)])).toMatchObject({ status: 400, body: { code: 'positions_differ' } });
      expect(await commit([{ sku: 'milk', quantity: 4 }])).toMatchObject({
        status: 409,
        body: { code: 'stock_held', details: [{ sellable: 3 }] },
      });
      expect(await shop.wish('commit', id, { lots: [{ lotId: 'A', quantity: 1 }] })).toMatchObject({
        status: 400,
        body: { code: 'validation_failed', details: [{ field: 'lots' }] },
      });
      expect(await shop.units('ham')).toEqual({ onHand: 6, reserved: 4 });

      const part = await commit([named('ham', 2, 'B', 2), { sku: 'milk', quantity: 4, allowUncovered: true }]);
      expect(part).toMatchObject({ status: 200, body: { status: 'held', lines: [{ committed: 2 }, { committed: 4 }, { committed: 0 }] } });
      expect(await lotsOf('ham')).toEqual({ A: 3, B: 1 });
      expect(await lotsOf('milk')).toEqual({ A: 3, B: 0 });
      expect(await shop.units('milk')).toEqual({ onHand: 2, reserved: 0 });
      expect(await shop.wish('commit', id)).toMatchObject({ status: 200, body: { status: 'committed' } });
      expect(await lotsOf('ham')).toEqual({ A: 1, B: 1 });
    });

    it('are committed in parts, released and extended', async () => {
      await shop.stock('m', 5);
      await shop.stock('n', 5);
      const id = await held({ m: 2, n: 2 });
      expect(await shop.wish('commit', id, { lines: items({ m: 1 }) })).toMatchObject({
        status: 200,
        body: { status: 'held', lines: [{ committed: 1 }, { committed: 0 }] },
      });
      const extended = await shop.wish('extend', id, { ttl: 7_200 });
      expect(extended.status).toBe(200);
      expect(Date.parse(String(extended.body['expiresAt']))).toBeGreaterThan(Date.now() + 7_000_000);
      expect(await shop.wish('release', id)).toMatchObject({
        status: 200,
        body: { status: 'released', lines: [{ committed: 1 }, { committed: 0 }] },
      });
      expect(await shop.units('m')).toEqual({ onHand: 4, reserved: 0 });
      expect(await shop.units('n')).toEqual({ onHand: 5, reserved: 0 });
    });
  });

  describe('of several SKUs, for an order that has one', () => {
    it('are the first again for the same lines, and refused with its name for others', async () => {
      for (const sku of ['o1', 'o2', 'o3']) await shop.stock(sku, 5);
      const body = order({ o1: 2, o2: 1 });
      const first = await shop.reserve(body, { key: 'of an order' });
      expect(await shop.reserve({ ...body, items: items({ o2: 1, o1: 2 }) })).toMatchObject({ status: 201, body: first.body });
      const { reservationId } = first.body;
      for (const others of [{ o1: 2 }, { o1: 2, o3: 1 }, { o1: 1, o2: 1 }]) {
        expect(await shop.reserve({ ...body, items: items(others) })).toMatchObject({
          status: 409,
          body: { code: 'order_held', details: expect.arrayContaining([expect.objectContaining({ reservationId })]) },
        });
      }
      for (const [sku, reserved] of [
        ['o1', 2],
        ['o2', 1],
        ['o3', 0],
      ] as const) {
        expect(await shop.units(sku)).toEqual({ onHand: 5, reserved });
      }
      await shop.wish('release', reservationId);
      expect((await shop.reserve(body)).body).toMatchObject({ status: 'held' });
    });

    it('are one, asked for at the same time', async () => {
      for (const sku of ['p1', 'p2']) await shop.stock(sku, 5);
      const body = order({ p1: 2, p2: 1 });
      const answers = await Promise.all([1, 2, 3].map(() => shop.reserve(body)));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
      expect(new Set(answers.map((answer) => answer.body['reservationId'])).size).toBe(1);
      expect(await shop.units('p1')).toEqual({ onHand: 5, reserved: 2 });
    });

    it('are released in part', async () => {
      for (const sku of ['q1', 'q2']) await shop.stock(sku, 5);
      const id = await held({ q1: 3, q2: 1 });
      expect(await shop.wish('release', id, { lines: items({ q1: 2, q2: 1 }) })).toMatchObject({
        status: 200,
        body: { status: 'held', lines: [{ released: 2 }, { released: 1 }] },
      });
      expect(await shop.units('q1')).toEqual({ onHand: 5, reserved: 1 });
      expect(await shop.units('q2')).toEqual({ onHand: 5, reserved: 0 });
      expect(await shop.wish('commit', id)).toMatchObject({ status: 200, body: { status: 'committed' } });
    });
  });

  describe('asked for again with the same key', () => {
    it.each([[{ k1: 1 }], [{ k2: 1, k3: 2 }]])('are answered as the first time: %j', async (units) => {
      for (const sku of Object.keys(units)) await shop.stock(sku, 5);
      const body = order(units);
      const key = `key of ${body.orderId}`;
      const [first, second] = await Promise.all([shop.reserve(body, { key }), shop.reserve(body, { key })]);
      expect(first.status).toBe(201);
      expect(second).toMatchObject({ status: 201, body: first.body });
      for (const [sku, reserved] of Object.entries(units)) expect((await shop.units(sku)).reserved).toBe(reserved);
      expect(await shop.reserve({ ...body, ttl: 5 }, { key })).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    });

    it.each([[{ k4: 1 }], [{ k5: 1, k6: 2 }]])('are answered from what was decided where a crash took the answer: %j', async (units) => {
      for (const sku of Object.keys(units)) await shop.stock(sku, 5);
      const body = order(units);
      const key = `key of ${body.orderId}`;
      const first = await shop.reserve(body, { key });
      await shop.runtime.idempotency.settled();
      const { rowCount } = await shop.runtime.database.pool.query(
        `delete from platform.remembered_answers where body like '%' || $1 || '%'`,
        [first.body['reservationId']],
      );
      expect(rowCount).toBe(1);
      expect(await shop.reserve({ ...body, ttl: 5 }, { key })).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
      await shop.runtime.database.pool.query('delete from platform.remembered_answers');
      expect(await shop.reserve(body, { key })).toMatchObject({ status: 201, body: first.body });
      for (const [sku, reserved] of Object.entries(units)) expect((await shop.units(sku)).reserved).toBe(reserved);
    });

    it.each([
      ['of one SKU', { k8: 1 }, {}],
      ['of several', { k9: 1, k10: 2 }, {}],
      ['of several in part', { k11: 3, k12: 9 }, { partial: true }],
    ])('are made again and kept where a crash took the answer, so that nobody is served twice later: %s', async (_, units, more) => {
      for (const sku of Object.keys(units)) await shop.stock(sku, 5);
      const body = { ...order(units), ...more };
      const key = `key of ${body.orderId}`;
      const first = await shop.reserve(body, { key });
      await shop.runtime.idempotency.settled();
      const { pool } = shop.runtime.database;
      const find = async (): Promise<readonly object[]> => {
        const columns = 'id, tenant, request_hash, status, headers, body::json as body';
        const sql = `select ${columns} from platform.remembered_answers where body like '%' || $1 || '%'`;
        return (await pool.query<object>(sql, [first.body['reservationId']])).rows;
      };
      const kept = await find();
      expect(kept).toMatchObject([{ status: 201, body: first.body }]);
      await pool.query('delete from platform.remembered_answers');
      await eventually(async () => expect(await find()).toEqual(kept));
      expect(await shop.reserve(body, { key })).toMatchObject({ status: 201, body: first.body, position: first.position });
    });

    it('leave no row where no key was given', async () => {
      await shop.stock('k7', 5);
      await shop.runtime.idempotency.settled();
      const rows = async (): Promise<unknown> =>
        (await shop.runtime.database.pool.query('select count(*) from platform.remembered_answers')).rows;
      const before = await rows();
      await held({ k7: 1 });
      await shop.runtime.idempotency.settled();
      expect(await rows()).toEqual(before);
    });
  });

  describe('what cannot be served', () => {
    const valid = { items: [{ sku: 'one/1', quantity: 1 }], orderId: 'o' };

    it.each([
      ['malformed JSON', '{"items":', 'malformed_json'],
      ['no lines', { ...valid, items: [] }, 'validation_failed'],
      ['lines of a wrong type', { ...valid, items: 'one' }, 'validation_failed'],
      ['a negative quantity', { ...valid, items: [{ sku: 'one/1', quantity: -1 }] }, 'validation_failed'],
      ['no quantity at all', { ...valid, items: [{ sku: 'one/1', quantity: 0 }] }, 'validation_failed'],
      ['a fraction', { ...valid, items: [{ sku: 'one/1', quantity: 1.5 }] }, 'validation_failed'],
      ['a huge quantity', { ...valid, items: [{ sku: 'one/1', quantity: 1e18 }] }, 'validation_failed'],
      ['a quantity as a string', { ...valid, items: [{ sku: 'one/1', quantity: '1' }] }, 'validation_failed'],
      [
        'a huge sum',
        {
          ...valid,
          items: [
            { sku: 'one/1', quantity: 1e9 },
            { sku: 'one/1', quantity: 1 },
          ],
        },
        'validation_failed',
      ],
      ['a malformed SKU', { ...valid, items: [{ sku: 'no\u0000', quantity: 1 }] }, 'validation_failed'],
      ['no order', { items: valid.items }, 'validation_failed'],
      ['a time to live of nothing', { ...valid, ttl: 0 }, 'validation_failed'],
      ['an endless time to live', { ...valid, ttl: 86_401 }, 'validation_failed'],
      ['a property nobody knows', { ...valid, quantity: 1 }, 'validation_failed'],
      [
        'too many lines',
        { ...valid, items: Array.from({ length: MAX_ORDER_LINES + 1 }, (_, line) => ({ sku: `s${line}`, quantity: 1 })) },
        'too_many_lines',
      ],
    ])('%s: 400', async (_, body, code) => {
      expect(await shop.reserve(body)).toMatchObject({ status: 400, body: { code } });
    });

    it('names every fault of a body', async () => {
      const { body } = await shop.reserve({ items: [{ sku: '', quantity: -1 }], ttl: 'long' });
      const fields = (body['details'] as readonly { field: string }[]).map(({ field }) => field);
      expect(fields).toEqual(expect.arrayContaining(['items[0].sku', 'items[0].quantity', 'ttl', 'orderId']));
    });

    it('unknown SKUs, locations and channels: 404 that names them', async () => {
      await shop.stock('known', 1);
      expect(await shop.reserve(order({ ghost: 1 }))).toMatchObject({
        status: 404,
        body: { code: 'unknown_sku', details: [{ sku: 'ghost' }] },
      });
      expect(await shop.reserve(order({ known: 1, ghost: 1 }, { partial: true }))).toMatchObject({
        status: 404,
        body: { code: 'unknown_sku', details: [{ sku: 'ghost' }] },
      });
      expect(await shop.units('known')).toEqual({ onHand: 1, reserved: 0 });
      expect(await shop.reserve(order({ known: 1 }, { locationId: 'MOON' }))).toMatchObject({
        status: 404,
        body: { code: 'unknown_location' },
      });
      expect(await shop.reserve(order({ known: 1 }, { channelId: 'fax' }))).toMatchObject({
        status: 404,
        body: { code: 'unknown_channel' },
      });
    });

    it('a channel is known from the moment it was made', async () => {
      await shop.stock('web-1', 1);
      await shop.append('channels-acme', 'ChannelEnabled.v1', { channelId: 'web', name: 'Web', channelType: 'webhook', policy: {} });
      expect(await shop.reserve(order({ 'web-1': 1 }, { channelId: 'web' }))).toMatchObject({ status: 201, body: { channelId: 'web' } });
    });

    it('a channel that is disabled takes no reservation until it is enabled again', async () => {
      await shop.stock('off-1', 5);
      const channel = { channelId: 'off', name: 'Off', channelType: 'webhook', policy: {} };
      const reserve = () => shop.reserve(order({ 'off-1': 1 }, { channelId: 'off' }));
      await shop.append('channels-acme', 'ChannelEnabled.v1', channel);
      await shop.append('channels-acme', 'ChannelDisabled.v1', { channelId: 'off' });
      expect(await reserve()).toMatchObject({ status: 409, body: { code: 'channel_disabled', details: [{ channelId: 'off' }] } });
      await shop.append('channels-acme', 'ChannelEnabled.v1', channel);
      expect(await reserve()).toMatchObject({ status: 201 });
    });

    it('what belongs to another tenant does not exist', async () => {
      await shop.stock('mine', 5);
      await shop.stock('mine2', 5);
      const other = { tenant: 'other' };
      for (const id of [await held({ mine: 1 }), await held({ mine: 1, mine2: 1 })]) {
        for (const answer of [
          await shop.find(id, other),
          await shop.wish('commit', id, undefined, other),
          await shop.wish('release', id, undefined, other),
          await shop.wish('extend', id, { ttl: 5 }, other),
        ]) {
          expect(answer).toMatchObject({ status: 404, body: { code: 'unknown_reservation' } });
        }
        expect((await shop.find(id)).body['status']).toBe('held');
      }
      expect(await shop.reserve(order({ mine: 1 }), other)).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    });

    it.each(['nonsense', 'rs_bWluZQ.00000000-0000-4000-8000-000000000000', 'ro_00000000-0000-4000-8000-000000000000'])(
      'the reservation %s: 404',
      async (id) => {
        expect(await shop.find(id)).toMatchObject({ status: 404, body: { code: 'unknown_reservation' } });
        expect(await shop.wish('commit', id)).toMatchObject({ status: 404, body: { code: 'unknown_reservation' } });
        expect(await shop.wish('release', id)).toMatchObject({ status: 404, body: { code: 'unknown_reservation' } });
        expect(await shop.wish('extend', id, { ttl: 5 })).toMatchObject({ status: 404, body: { code: 'unknown_reservation' } });
      },
    );

    it('nobody, or somebody without permission', async () => {
      expect((await shop.reserve(valid, { anonymous: true })).status).toBe(401);
      expect((await shop.reserve(valid, { permissions: ['reservations.read'] })).status).toBe(403);
      expect((await shop.find('rs_x', { permissions: ['inventory.read'] })).status).toBe(403);
    });

    it('an extension without a time to live, a commit of nothing', async () => {
      await shop.stock('ext', 1);
      const id = await held({ ext: 1 });
      expect((await shop.wish('extend', id, {})).status).toBe(400);
      expect((await shop.wish('commit', id, { lines: [] })).status).toBe(400);
    });
  });
});
