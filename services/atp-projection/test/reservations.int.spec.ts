import type { SkuCommand } from '@holdfast/inventory';
import { READ_MODEL } from '@holdfast/read-model';
import { ServiceUnderTest, type Answer } from './service-under-test.js';

type Place = Extract<SkuCommand, { type: 'PlaceReservation' }>;
interface Listed {
  readonly reservationId: string;
  readonly status: string;
  readonly [field: string]: unknown;
}

let service: ServiceUnderTest;
let written: string;

const list = (query = '', tenant = 'acme'): Promise<Answer> =>
  service.get(`/v1/reservations${query}`, { tenant, headers: { 'holdfast-min-position': written } });
const listed = ({ body }: Answer): readonly Listed[] => body['reservations'] as readonly Listed[];
const ids = async (query?: string, tenant?: string): Promise<readonly string[]> =>
  listed(await list(query, tenant)).map(({ reservationId }) => reservationId);

async function place(reservationId: string, sku: string, more: Partial<Place> = {}, tenant = 'acme'): Promise<void> {
  const command = {
    type: 'PlaceReservation',
    reservationId,
    orderId: `order-of-${reservationId}`,
    quantity: 1,
    ttlMs: 3_600_000,
    requestHash: 'h',
    sources: [],
    ...more,
  };
  written = await service.command(sku, command as Parameters<ServiceUnderTest['command']>[1], tenant);
}

beforeAll(async () => {
  service = await ServiceUnderTest.start();
  for (const [sku, locationId] of [
    ['TEE', 'BER'],
    ['HAT', 'HAM'],
  ] as const)
    await service.receive(sku, locationId, 50);
  await service.receive('TEE', 'BER', 5, 'other');
  await place('rs_a.1', 'TEE', { channelId: 'web', orderId: 'o-1' });
  await place('rs_b.1', 'HAT', { orderId: 'o-1' });
  await place('rs_c.1', 'TEE', { ttlMs: 500_000, holderId: 'customer-7' });
  await place('rs_late.1', 'TEE', { ttlMs: 1 });
  await place('rs_d.1', 'TEE', {}, 'other');
  written = await service.command('HAT', { type: 'ReleaseReservation', reservationId: 'rs_b.1' });
});
afterAll(() => service.stop());

describe('the list of reservations', () => {
  it('shows each with its lines, the newest first', async () => {
    const all = listed(await list());
    expect(all.map(({ reservationId, status }) => [reservationId, status])).toEqual([
      ['rs_late.1', 'expired'],
      ['rs_c.1', 'held'],
      ['rs_b.1', 'released'],
      ['rs_a.1', 'held'],
    ]);
    expect(all.at(-1)).toMatchObject({
      orderId: 'o-1',
      channelId: 'web',
      lines: [{ sku: 'TEE', requested: 1, quantity: 1, committed: 0, sources: [{ locationId: 'BER', quantity: 1 }] }],
    });
  });

  it.each([
    ['status=held', ['rs_c.1', 'rs_a.1']],
    ['status=expired', ['rs_late.1']],
    ['sku=HAT', ['rs_b.1']],
    ['orderId=o-1', ['rs_b.1', 'rs_a.1']],
    ['orderId=o-1&status=held', ['rs_a.1']],
    ['channelId=web', ['rs_a.1']],
    ['holderId=customer-7', ['rs_c.1']],
    ['locationId=HAM', ['rs_b.1']],
    ['locationId=MUC', []],
  ])('is filtered by %s', async (query, expected) => expect(await ids(`?${query}`)).toEqual(expected));

  it('finds what is open and expires soon', async () =>
    expect(await ids(`?expiresBefore=${new Date(Date.now() + 600_000).toISOString()}`)).toEqual(['rs_c.1']));

  it('comes in pages by cursor, and ends', async () => {
    const first = await list('?limit=3');
    expect(listed(first)).toHaveLength(3);
    const second = await list(`?limit=3&cursor=${String(first.body['nextCursor'])}`);
    expect(listed(second).map(({ reservationId }) => reservationId)).toEqual(['rs_a.1']);
    expect(second.body).not.toHaveProperty('nextCursor');
    expect((await list('?limit=4')).body).not.toHaveProperty('nextCursor');
  });

  it("is a tenant's own", async () => expect(await ids('', 'other')).toEqual(['rs_d.1']));

  it.each(['cursor=x', 'cursor=5~', 'status=gone', 'limit=201', 'limit=0', 'expiresBefore=soon'])('refuses %s', async (query) =>
    expect(await list(`?${query}`)).toMatchObject({ status: 400, body: { code: 'validation_failed' } }),
  );
});

describe('the list of very many reservations', () => {
  beforeAll(() =>
    service.runtime.database.pool.query(
      `INSERT INTO ${READ_MODEL}.reservations
         (tenant, reservation_id, order_id, status, lines, expires_at, position, created_at, updated_at)
       SELECT 'many', 'rs_' || lpad(n::text, 5, '0') || '.1', 'order-' || n, CASE n WHEN 1 THEN 'held' ELSE 'committed' END,
              '[]', now() + interval '1 hour', 0, to_timestamp(1000 + n / 100), now() FROM generate_series(1, 5001) AS n`,
    ),
  );

  it('looks at so many at a time, and says where to go on', async () => {
    const first = await list('?status=held', 'many');
    expect(first.body).toEqual({ reservations: [], nextCursor: expect.stringMatching(/~rs_00002\.1$/) as unknown });
    expect(await ids(`?status=held&cursor=${String(first.body['nextCursor'])}`, 'many')).toEqual(['rs_00001.1']);
  });

  it('finds an order at once, however old it is', async () => expect(await ids('?orderId=order-1', 'many')).toEqual(['rs_00001.1']));

  it('leaves none out between pages, where many were made in the same moment', async () => {
    const seen: string[] = [];
    for (let cursor: unknown = ''; cursor !== undefined;) {
      const page: Answer = await list(`?limit=200${cursor === '' ? '' : `&cursor=${String(cursor)}`}`, 'many');
      seen.push(...listed(page).map(({ reservationId }) => reservationId));
      cursor = page.body['nextCursor'];
    }
    expect(seen).toHaveLength(5001);
    expect(new Set(seen).size).toBe(5001);
  });
});
