import { createWebhookReceiver, type WebhookReceiver } from '@holdfast/channel-connector';
import { createLogger, loadConfig } from '@holdfast/platform';
import { Api, eventually, startTestPostgres, unique, type ApiAnswer, type TestPostgres } from '@holdfast/testing';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandalone, type Standalone } from '../src/standalone.js';
import { follow } from './followed.js';
import { JWT_SECRET, jwt } from './jwt.js';

/** As the source document prints it. */
const ADJUST = `mutation adjustMultiChannelInventory($input: InventoryAdjustmentInput!) {
  inventoryAdjust(input: $input) {
    inventoryItem {
      id
      sku
      # Total availability across the mesh
      totalAvailableQuantity
    }
    # Ensuring atomic state synchronization
    syncStatus {
      channelId
      confirmedAt
      idempotencyKey
    }
    userErrors {
      field
      message
    }
  }
}`;

interface Adjusted {
  readonly inventoryItem: { readonly id: string; readonly sku: string; readonly totalAvailableQuantity: number } | null;
  readonly syncStatus:
    readonly { readonly channelId: string; readonly confirmedAt: string | null; readonly idempotencyKey: string }[] | null;
  readonly userErrors: readonly { readonly field: readonly string[]; readonly message: string }[];
}

interface Answered<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions: { readonly code: string };
  }[];
}

describe('GraphQL before all services', () => {
  let postgres: TestPostgres;
  let holdfast: Standalone;
  let folder: string;
  let api: Api;
  let receiver: WebhookReceiver;
  let isAway = false;
  const webshop = 'webshop';

  beforeAll(async () => {
    postgres = await startTestPostgres();
    folder = mkdtempSync(join(tmpdir(), 'holdfast-graphql-'));
    const config = loadConfig({
      DATABASE_URL: postgres.connectionString,
      HOLDFAST_DATA: folder,
      HOLDFAST_API_KEY: 'hf_graphql_of_the_tests_0123456789',
      HOLDFAST_SAMPLE: '0',
      HOLDFAST_JWT_SECRET: JWT_SECRET,
      HOLDFAST_WEBHOOK_PRIVATE: '1',
      HOLDFAST_LOG_LEVEL: 'silent',
      PORT: '0',
    });
    holdfast = await startStandalone(config, createLogger(config, 'test'));
    api = new Api(holdfast.url, holdfast.key);
    for (const locationId of ['EAST', 'CENTRAL']) await api.post('/api/locations', { locationId, name: locationId });
    const secret = `whsec_${randomBytes(24).toString('base64')}`;
    receiver = await createWebhookReceiver({
      secret,
      onMessage: () => {
        if (isAway) throw new Error('the shop is away');
      },
    });
    const channel = {
      name: 'Shop',
      channelType: 'E_COMMERCE',
      provider: 'webhook',
      syncInventory: true,
      webhook: { url: receiver.url, secret },
    };
    await api.put(`/sales-channel/channels/${webshop}`, channel);
  });
  afterAll(async () => {
    await holdfast.stop();
    await receiver.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const post = (query: string, variables: object = {}, by = api): Promise<ApiAnswer> => by.post('/graphql', { query, variables });
  const ask = async <Data>(query: string, variables: object = {}, by = api): Promise<Answered<Data>> =>
    (await post(query, variables, by)).body as Answered<Data>;
  const codes = ({ errors = [] }: Answered<unknown>): readonly string[] => errors.map(({ extensions }) => extensions.code);

  const adjust = async (input: object, by = api): Promise<Adjusted> => {
    const answer = await ask<{ inventoryAdjust: Adjusted }>(ADJUST, { input }, by);
    if (answer.data === undefined || answer.data === null) throw new Error(JSON.stringify(answer));
    return answer.data.inventoryAdjust;
  };
  const at = (locationId: string, delta: number): object => ({ locationId, delta });

  /** A SKU with ten units in the East and five in the centre, listed in the shop. */
  const stocked = async (name = 'SKU'): Promise<string> => {
    const sku = unique(name);
    await api.post('/api/inventory/record-stock', { sku, locationId: 'EAST', quantity: 10 });
    const last = await api.post('/api/inventory/record-stock', { sku, locationId: 'CENTRAL', quantity: 5 });
    await api.with({ 'holdfast-min-position': last.headers.get('holdfast-position') ?? '' }).get('/api/products?limit=1');
    await api.put(`/sales-channel/channels/${webshop}/mappings`, { mappings: [{ sku, listingId: `L-${sku}` }] });
    return sku;
  };
  const keyWith = async (...permissions: string[]): Promise<Api> => {
    const { body } = await api.post('/v1/keys', { name: unique('key'), permissions });
    return api.as((body as { key: string }).key);
  };
  const onHand = async (sku: string): Promise<readonly number[]> => {
    const { body } = await api.get(`/sales-channel/inventory/${sku}`);
    return (body as { locations: { quantity: number }[] }).locations.map(({ quantity }) => quantity);
  };

  describe('inventoryAdjust', () => {
    it('takes effect once, answers a repeat with the first result, and tells what the channel confirmed since', async () => {
      const sku = await stocked('B2B-SERV-001X');
      const input = { sku, adjustments: [at('EAST', -5), at('CENTRAL', -2)], idempotencyKey: unique('order_77921_sync_04') };
      const first = await adjust(input);
      expect(first).toMatchObject({ inventoryItem: { id: sku, sku, totalAvailableQuantity: 8 }, userErrors: [] });
      expect(first.syncStatus).toMatchObject([{ channelId: webshop, idempotencyKey: input.idempotencyKey }]);
      const confirmed = await eventually(
        () => adjust(input),
        ({ syncStatus }) => typeof syncStatus?.[0]?.confirmedAt === 'string',
      );
      expect({ ...confirmed, syncStatus: [] }).toEqual({ ...first, syncStatus: [] });
      expect(receiver.listings.get(`L-${sku}`)?.quantity).toBe(8);
      expect(await onHand(sku)).toEqual([3, 5]);
      await api.post('/api/inventory/adjust', { sku, locationId: 'EAST', delta: 1, reasonCode: 'found' });
      expect((await adjust(input)).inventoryItem).toEqual(first.inventoryItem);
    });

    it('goes on to tell what was confirmed while a newer figure is on its way to the channel', async () => {
      const sku = await stocked();
      const input = { sku, adjustments: [at('EAST', -1)], idempotencyKey: unique('key') };
      const confirmedAt = async (): Promise<string | null | undefined> => (await adjust(input)).syncStatus?.[0]?.confirmedAt;
      const first = await eventually(confirmedAt, (time) => typeof time === 'string');
      isAway = true;
      await api.post('/api/inventory/adjust', { sku, locationId: 'EAST', delta: 1, reasonCode: 'found' });
      await eventually(
        async () => (await api.get(`/sales-channel/inventory/${sku}/channels`)).body as { channels: Record<string, { status: string }> },
        ({ channels }) => channels[webshop]?.status !== 'ok',
      );
      expect(await confirmedAt()).toBe(first);
      isAway = false;
      await eventually(
        () => Promise.resolve(receiver.listings.get(`L-${sku}`)?.quantity),
        (quantity) => quantity === 15,
      );
    });

    it('confirms at once what the channel shows already', async () => {
      const sku = await stocked();
      await api.post(`/api/inventory/availability/${encodeURIComponent(`${sku}~EAST`)}`, { safetyStock: 100 });
      await eventually(
        () => Promise.resolve(receiver.listings.get(`L-${sku}`)?.quantity),
        (quantity) => quantity === 5,
      );
      const input = { sku, adjustments: [at('EAST', -5)], idempotencyKey: unique('key') };
      await eventually(
        () => adjust(input),
        ({ syncStatus }) => typeof syncStatus?.[0]?.confirmedAt === 'string',
      );
    });

    it('is all or none, also where many ask at once', async () => {
      const sku = await stocked();
      const both = { sku, adjustments: [at('EAST', -2), at('CENTRAL', -2)] };
      const keys = Array.from({ length: 8 }, () => unique('key'));
      const results = await Promise.all([...keys, ...keys].map((idempotencyKey) => adjust({ ...both, idempotencyKey })));
      const won = results.filter(({ userErrors }) => userErrors.length === 0);
      expect(won).toHaveLength(4);
      expect(await onHand(sku)).toEqual([1, 6]);
      for (const { inventoryItem, userErrors } of results)
        if (inventoryItem === null) expect(userErrors).toMatchObject([{ field: ['input', 'adjustments', '1', 'delta'] }]);
    });

    it.each([
      ['an unknown SKU', { sku: 'NOBODY' }, ['input', 'sku']],
      ['no SKU', { sku: ' ' }, ['input', 'sku']],
      ['a SKU that a spreadsheet changed', { sku: '1.23E+12' }, ['input', 'sku']],
      ['an unknown location', { adjustments: [at('EAST', 1), at('XXX', 1)] }, ['input', 'adjustments', '1', 'locationId']],
      ['a location named twice', { adjustments: [at('EAST', 1), at('EAST', 1)] }, ['input', 'adjustments', '1', 'locationId']],
      ['a difference of nothing', { adjustments: [at('EAST', 1), at('CENTRAL', 0)] }, ['input', 'adjustments', '1', 'delta']],
      ['no adjustment', { adjustments: [] }, ['input', 'adjustments']],
      ['more adjustments than it takes', { adjustments: Array.from({ length: 101 }, () => at('EAST', 1)) }, ['input', 'adjustments']],
      ['units that are promised', { adjustments: [at('CENTRAL', 1), at('EAST', -11)] }, ['input', 'adjustments', '1', 'delta']],
      ['a key that is none', { idempotencyKey: '' }, ['input', 'idempotencyKey']],
      ['a time that is none', { effectiveAt: 'yesterday' }, ['input', 'effectiveAt']],
      ['a reason that is none', { reasonCode: ' ' }, ['input', 'reasonCode']],
    ])('tells %s as a user error', async (_, fault, field) => {
      const sku = await stocked();
      const result = await adjust({ sku, adjustments: [at('EAST', -1)], idempotencyKey: unique('key'), ...fault });
      expect(result).toMatchObject({ inventoryItem: null, syncStatus: [], userErrors: [{ field, message: expect.any(String) as string }] });
      expect(await onHand(sku)).toEqual([5, 10]);
    });

    it('refuses a key that came with another input', async () => {
      const sku = await stocked();
      const input = { sku, adjustments: [at('EAST', -1)], idempotencyKey: unique('key') };
      await adjust(input);
      const other = await adjust({ ...input, adjustments: [at('EAST', -2)] });
      expect(other.userErrors).toMatchObject([{ field: ['input', 'idempotencyKey'] }]);
      expect(await onHand(sku)).toEqual([5, 9]);
    });

    it('needs the permission of its route, and tells what the caller may not read as null', async () => {
      const sku = await stocked();
      const input = { sku, adjustments: [at('EAST', -1)], idempotencyKey: unique('key') };
      const reader = await ask(ADJUST, { input }, await keyWith('inventory.read', 'products.read'));
      expect([reader.data, codes(reader)]).toEqual([null, ['missing_permission']]);
      const writer = await ask<{ inventoryAdjust: Adjusted }>(ADJUST, { input }, await keyWith('inventory.adjust'));
      expect(writer.data?.inventoryAdjust).toMatchObject({
        inventoryItem: { totalAvailableQuantity: 14 },
        syncStatus: null,
        userErrors: [],
      });
      expect(writer.errors).toMatchObject([
        { path: ['inventoryAdjust', 'syncStatus'], extensions: { code: 'missing_permission', status: 403 } },
      ]);
    });
  });

  describe('queries', () => {
    it('read an item with its locations and channels, and null for an unknown one', async () => {
      const sku = await stocked();
      const query = `query($sku: String!) { inventoryItem(sku: $sku) {
        id sku verified totalAvailableQuantity totalOnHandQuantity totalReservedQuantity totalInTransitQuantity
        levels { id locationId availableQuantity } channels { channelId status } } }`;
      expect(await ask(query, { sku })).toMatchObject({
        data: {
          inventoryItem: {
            id: sku,
            sku,
            verified: false,
            totalAvailableQuantity: 15,
            totalOnHandQuantity: 15,
            totalReservedQuantity: 0,
            totalInTransitQuantity: 0,
            levels: [
              { id: `${sku}~CENTRAL`, locationId: 'CENTRAL', availableQuantity: 5 },
              { id: `${sku}~EAST`, locationId: 'EAST', availableQuantity: 10 },
            ],
            channels: [{ channelId: webshop }],
          },
        },
      });
      expect(await ask(query, { sku: 'NOBODY' })).toEqual({ data: { inventoryItem: null } });
    });

    it('page through items by cursors, with three calls a page however many items it has', async () => {
      const name = unique('PAGED');
      for (const part of ['A', 'B', 'C', 'D', 'E'])
        await api.post('/api/inventory/record-stock', { sku: `${name}-${part}`, locationId: 'EAST', quantity: 1 });
      const query = `query($after: String, $first: Int) { inventoryItems(search: "${name}", first: $first, after: $after) {
        edges { cursor node { sku levels { locationId } channels { channelId } } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
      interface Page {
        inventoryItems: {
          edges: { node: { sku: string } }[];
          pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
        };
      }
      const page = async (first: number, after: string | null): Promise<Page['inventoryItems']> => {
        const { data } = await ask<Page>(query, { first, after });
        if (data === undefined || data === null) throw new Error('no page');
        return data.inventoryItems;
      };
      const skusOf = ({ edges }: Page['inventoryItems']): readonly string[] => edges.map(({ node }) => node.sku.slice(-1));
      await eventually(
        () => page(10, null),
        ({ edges }) => edges.length === 5,
      );
      const first = await page(2, null);
      expect([skusOf(first), first.pageInfo.hasNextPage, first.pageInfo.hasPreviousPage]).toEqual([['A', 'B'], true, false]);
      const created = await api.post('/api/inventory/record-stock', { sku: `${name}-AA`, locationId: 'EAST', quantity: 1 });
      await api.with({ 'holdfast-min-position': created.headers.get('holdfast-position') ?? '' }).get('/api/products?limit=1');
      const second = await page(2, first.pageInfo.endCursor);
      const third = await page(2, second.pageInfo.endCursor);
      expect([skusOf(second), skusOf(third), third.pageInfo.hasNextPage, third.pageInfo.hasPreviousPage]).toEqual([
        ['C', 'D'],
        ['E'],
        false,
        true,
      ]);

      const callsMade = async (): Promise<number> => {
        const { body } = await api.get('/metrics');
        const counts = [
          ...String(body).matchAll(
            /^holdfast_http_request_seconds_count\{service="(?:atp-projection|channel-connector)",.*route="\/(?:api\/products|sales-channel\/inventory\/channels)[^}]*\} (\d+)$/gm,
          ),
        ];
        return counts.reduce((sum, [, count]) => sum + Number(count), 0);
      };
      const before = await callsMade();
      await page(10, null);
      expect((await callsMade()) - before).toBe(3);
    });

    it.each([
      ['{ inventoryItems(first: 0) { edges { cursor } } }', 'validation_failed'],
      ['{ inventoryItems(first: 101) { edges { cursor } } }', 'validation_failed'],
      ['{ inventoryItems(after: "c2t1") { edges { cursor } } }', 'validation_failed'],
      ['{ availability(skus: []) { sku } }', 'validation_failed'],
      ['{ availability(skus: ["A", "A"]) { sku } }', 'validation_failed'],
      ['{ availability(skus: ["A"], quantity: 0) { sku } }', 'validation_failed'],
      ['{ availability(skus: ["A"], channelId: "nobody") { sku } }', 'unknown_channel'],
      ['{ availability(skus: ["A"], locationId: "XXX") { sku } }', 'unknown_location'],
      ['{ reservation(id: " ") { id } }', 'validation_failed'],
    ])('refuse %s', async (query, code) => expect(codes(await ask(query))).toEqual([code]));

    it('tell what a channel may promise of many SKUs', async () => {
      const sku = await stocked();
      const query = `query($skus: [String!]!) { availability(skus: $skus, channelId: "${webshop}", quantity: 12) {
        sku known available quantityAvailable sources { locationId quantity } } }`;
      expect(await ask(query, { skus: [sku, 'NOBODY'] })).toMatchObject({
        data: {
          availability: [
            { sku, known: true, available: true, quantityAvailable: 15 },
            { sku: 'NOBODY', known: false, available: false, quantityAvailable: 0, sources: [] },
          ],
        },
      });
    });

    it('show and change nothing of another tenant', async () => {
      const sku = await stocked();
      const exp = Math.floor(Date.now() / 1_000) + 600;
      const stranger = api.as(jwt({ sub: 'eve', tenant: 'other', permissions: ['*'], exp }));
      const query = `{ inventoryItem(sku: "${sku}") { sku } inventoryItems(search: "${sku}") { edges { cursor } } availability(skus: ["${sku}"]) { known } }`;
      expect(await ask(query, {}, stranger)).toEqual({
        data: { inventoryItem: null, inventoryItems: { edges: [] }, availability: [{ known: false }] },
      });
      const input = { sku, adjustments: [at('MAIN', 1)], idempotencyKey: unique('key') };
      expect((await adjust(input, stranger)).userErrors).toMatchObject([{ field: ['input', 'sku'] }]);
      expect(await onHand(sku)).toEqual([5, 10]);
    });

    it('show nothing to a caller without the permission', async () => {
      const query = '{ inventoryItem(sku: "A") { sku } reservation(id: "rs_x") { id } }';
      const answer = await ask(query, {}, await keyWith('channels.read'));
      expect([answer.data, codes(answer)]).toEqual([
        { inventoryItem: null, reservation: null },
        ['missing_permission', 'missing_permission'],
      ]);
    });

    it('reflect a position that the caller names', async () => {
      const sku = unique('NOW');
      const written = await api.post('/api/inventory/record-stock', { sku, locationId: 'EAST', quantity: 3 });
      const reading = api.with({ 'holdfast-min-position': written.headers.get('holdfast-position') ?? '' });
      expect(await ask(`{ inventoryItem(sku: "${sku}") { totalOnHandQuantity } }`, {}, reading)).toEqual({
        data: { inventoryItem: { totalOnHandQuantity: 3 } },
      });
      const never = api.with({ 'holdfast-min-position': 'soon' });
      expect(codes(await ask(`{ inventoryItem(sku: "${sku}") { sku } }`, {}, never))).toEqual(['invalid_position']);
    });
  });

  describe('reservations', () => {
    const RESERVE = `mutation($input: InventoryReserveInput!) { inventoryReserve(input: $input) {
      reservation { id orderId status channelId lines { sku requested quantity committed released waiting { quantity } sources { locationId quantity } } }
      userErrors { field code } } }`;
    interface Reserved {
      inventoryReserve: { reservation: { id: string } | null; userErrors: readonly object[] };
    }

    it('are held, read, committed in part and released', async () => {
      const sku = await stocked();
      const input = {
        items: [{ sku, quantity: 4 }],
        orderId: unique('order'),
        channelId: webshop,
        ttl: 600,
        idempotencyKey: unique('key'),
      };
      const { data } = await ask<Reserved>(RESERVE, { input });
      const reservation = data?.inventoryReserve.reservation;
      expect(reservation).toMatchObject({
        orderId: input.orderId,
        status: 'held',
        channelId: webshop,
        lines: [{ sku, requested: 4, quantity: 4, committed: 0, released: 0, waiting: null }],
      });
      expect((await ask<Reserved>(RESERVE, { input })).data?.inventoryReserve.reservation).toEqual(reservation);
      const id = reservation?.id ?? '';
      const part = { reservationId: id, lines: [{ sku, quantity: 1 }], idempotencyKey: unique('key') };
      const COMMIT =
        'mutation($input: ReservationPartInput!) { reservationCommit(input: $input) { reservation { status lines { committed } } userErrors { code } } }';
      expect(await ask(COMMIT, { input: part })).toEqual({
        data: { reservationCommit: { reservation: { status: 'held', lines: [{ committed: 1 }] }, userErrors: [] } },
      });
      const RELEASE =
        'mutation($input: ReservationPartInput!) { reservationRelease(input: $input) { reservation { status } userErrors { field code } } }';
      const release = { reservationId: id, idempotencyKey: unique('key') };
      expect(await ask(RELEASE, { input: release })).toMatchObject({ data: { reservationRelease: { userErrors: [] } } });
      expect(await ask(`{ reservation(id: "${id}") { id orderId } }`)).toEqual({ data: { reservation: { id, orderId: input.orderId } } });
      expect(await ask('{ reservation(id: "rs_nobody") { id } }')).toEqual({ data: { reservation: null } });
      const late = { reservationId: 'rs_nobody', idempotencyKey: unique('key') };
      expect(await ask(RELEASE, { input: late })).toEqual({
        data: {
          reservationRelease: { reservation: null, userErrors: [{ field: ['input', 'reservationId'], code: 'unknown_reservation' }] },
        },
      });
    });

    it('are committed of the lots that are named, and refused where a lot is held', async () => {
      const sku = unique('LOTS');
      const lots = [
        { lotId: 'A', quantity: 2 },
        { lotId: 'B', quantity: 2 },
      ];
      await api.post('/api/inventory/adjustments/record-stock', { sku, locationId: 'EAST', lines: lots });
      await api.post('/api/inventory/holds', { sku, lotId: 'A', type: 'recall', reason: 'glass' });
      const reserve = { items: [{ sku, quantity: 2 }], orderId: unique('order'), idempotencyKey: unique('key') };
      const reservationId = (await ask<Reserved>(RESERVE, { input: reserve })).data?.inventoryReserve.reservation?.id ?? '';
      const COMMIT =
        'mutation($input: ReservationPartInput!) { reservationCommit(input: $input) { reservation { status } userErrors { code } } }';
      const commit = (more: object) => ask(COMMIT, { input: { reservationId, idempotencyKey: unique('key'), ...more } });
      expect(await commit({ lots: [{ lotId: 'A', quantity: 1 }] })).toEqual({
        data: { reservationCommit: { reservation: null, userErrors: [{ code: 'lot_held' }] } },
      });
      expect(await commit({ lines: [{ sku, quantity: 1, lots: [{ lotId: 'B', quantity: 1 }], allowUncovered: null }] })).toMatchObject({
        data: { reservationCommit: { reservation: { status: 'held' }, userErrors: [] } },
      });
      expect(await commit({ lots: [{ lotId: 'B', quantity: 1 }] })).toMatchObject({
        data: { reservationCommit: { reservation: { status: 'committed' } } },
      });
      const rows = await api.get(`/api/inventory?productMasterId=${sku}&groupBy=position`);
      expect((rows.body as { items: readonly object[] }).items).toMatchObject([{ lotId: 'A', quantityOnHand: 2 }]);
    });

    it.each([
      [
        'more than there is',
        (sku: string) => ({ items: [{ sku, quantity: 99 }] }),
        ['input', 'items', '0', 'quantity'],
        'insufficient_stock',
      ],
      [
        'an unknown SKU',
        (sku: string) => ({
          items: [
            { sku, quantity: 1 },
            { sku: 'NOBODY', quantity: 1 },
          ],
        }),
        ['input', 'items', '1', 'sku'],
        'unknown_sku',
      ],
      ['no units', (sku: string) => ({ items: [{ sku, quantity: 0 }] }), ['input', 'items', '0', 'quantity'], 'validation_failed'],
      ['an unknown channel', () => ({ channelId: 'nobody' }), ['input', 'channelId'], 'unknown_channel'],
      ['an unknown location', () => ({ locationId: 'XXX' }), ['input', 'locationId'], 'unknown_location'],
      ['a time that is too long', () => ({ ttl: 100_000 }), ['input', 'ttl'], 'validation_failed'],
    ])('of %s are user errors', async (_, fault, field, code) => {
      const sku = await stocked();
      const input = { items: [{ sku, quantity: 1 }], orderId: unique('order'), idempotencyKey: unique('key'), ...fault(sku) };
      expect(await ask(RESERVE, { input })).toEqual({
        data: { inventoryReserve: { reservation: null, userErrors: [{ field, code }] } },
      });
    });
  });

  describe('over HTTP', () => {
    const statusOf = async (answer: Promise<ApiAnswer>): Promise<readonly [number, string]> => {
      const { status, headers } = await answer;
      return [status, (headers.get('content-type') ?? '').split(';')[0] ?? ''];
    };
    const [own, json] = ['application/graphql-response+json', 'application/json'];

    it('answers its own type, or JSON to who wants that, with the status that belongs to it', async () => {
      const wanting = (accept: string): Api => api.with({ accept });
      expect(await statusOf(post('{ __typename }'))).toEqual([200, own]);
      expect(await statusOf(post('{ __typename }', {}, wanting(json)))).toEqual([200, json]);
      expect(await statusOf(post('{ nothing }'))).toEqual([400, own]);
      expect(await statusOf(post('{ nothing }', {}, wanting(json)))).toEqual([200, json]);
      expect(await statusOf(post('{ availability(skus: []) { sku } }'))).toEqual([200, own]);
      expect(await statusOf(post('{ __typename }', {}, wanting('text/html')))).toEqual([406, json]);
    });

    it.each([
      ['no key', () => post('{ __typename }', {}, api.as(undefined)), 401, 'unauthenticated'],
      ['GET', () => api.get('/graphql?query={__typename}'), 405, 'method_not_allowed'],
      ['a batch', () => api.post('/graphql', [{ query: '{ __typename }' }]), 400, 'batching_not_supported'],
      ['no document', () => api.post('/graphql', {}), 400, 'validation_failed'],
      ['no JSON', () => api.post('/graphql', '{'), 400, 'malformed_json'],
      [
        'another type',
        () => api.with({ 'content-type': 'application/graphql' }).post('/graphql', '{ __typename }'),
        415,
        'unsupported_media_type',
      ],
      ['too long a body', () => post(`{ __typename } #${'x'.repeat(1_100_000)}`), 413, 'body_too_large'],
    ])('refuses %s', async (_, send, status, code) => expect(await send()).toMatchObject({ status, body: { code } }));
  });

  describe('subscriptions', () => {
    const CHANGES =
      'subscription($sku: String, $after: String) { channelAvailabilityChanged(sku: $sku, after: $after) { sku channelId quantity resumeToken } }';

    it('follow what channels may promise, and go on without a gap where they ended', async () => {
      const sku = await stocked();
      await eventually(
        () => Promise.resolve(receiver.listings.get(`L-${sku}`)?.quantity),
        (quantity) => quantity === 15,
      );
      /** Waits until it is projected: of several changes that are projected at once, one version is told. */
      const change = async (delta: number): Promise<void> => {
        const { headers } = await api.post('/api/inventory/adjust', { sku, locationId: 'EAST', delta, reasonCode: 'found' });
        await api.with({ 'holdfast-min-position': headers.get('holdfast-position') ?? '' }).get('/api/products?limit=1');
      };
      const following = await follow(holdfast, CHANGES, { sku });
      await change(-1);
      const [first] = await following.next(1);
      expect(first).toMatchObject({
        event: 'next',
        result: { data: { channelAvailabilityChanged: { sku, channelId: webshop, quantity: 14 } } },
      });
      await following.end();
      await change(-2);
      await change(-3);
      const byHeader = await follow(holdfast, CHANGES, { sku }, { 'last-event-id': first?.id ?? '' });
      const quantities = (events: Awaited<ReturnType<typeof byHeader.next>>): readonly unknown[] =>
        events.map(
          ({ result }) =>
            (result as { data: { channelAvailabilityChanged: { quantity: number } } }).data.channelAvailabilityChanged.quantity,
        );
      expect(quantities(await byHeader.next(2))).toEqual([12, 9]);
      await byHeader.end();
      const byArgument = await follow(holdfast, CHANGES, { sku, after: first?.id });
      expect(quantities(await byArgument.next(2))).toEqual([12, 9]);
      await byArgument.end();
    });

    it('follow stock at locations', async () => {
      const sku = await stocked();
      const following = await follow(
        holdfast,
        `subscription { inventoryLevelChanged(sku: "${sku}", locationId: "CENTRAL") { locationId onHandQuantity availableQuantity } }`,
      );
      await adjust({ sku, adjustments: [at('EAST', 1), at('CENTRAL', 1)], idempotencyKey: unique('key') });
      expect((await following.next(1))[0]?.result).toEqual({
        data: { inventoryLevelChanged: { locationId: 'CENTRAL', onHandQuantity: 6, availableQuantity: 6 } },
      });
      await following.end();
    });

    it.each([
      ['a token that is none', CHANGES, { after: 'x' }, 'invalid_resume_token'],
      ['a query', '{ __typename }', {}, 'event_stream_needs_subscription'],
      ['a field that is not there', 'subscription { nothing }', {}, 'graphql_validation_failed'],
    ])('refuse %s', async (_, query, variables, code) =>
      expect(await follow(holdfast, query, variables).then(() => undefined, String)).toContain(code),
    );

    it('need the permission of the stream', async () => {
      const by = await keyWith('channels.read');
      const answer = await post(CHANGES, {}, by.with({ accept: 'text/event-stream' }));
      expect([answer.status, codes(answer.body as Answered<unknown>)]).toEqual([400, ['missing_permission']]);
    });
  });
});
