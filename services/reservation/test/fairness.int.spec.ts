import { FairnessTable, type ContendedTurn } from '../src/fairness/fairness-table.js';
import { ServiceUnderTest, type Answer } from './service.js';

let service: ServiceUnderTest;
let skus = 0;

beforeAll(async () => {
  service = await ServiceUnderTest.start();
});
afterAll(() => service.stop());

const stocked = async (units: number): Promise<string> => {
  const sku = `FAIR-${(skus += 1)}`;
  await service.stock(sku, units);
  return sku;
};

interface Log {
  readonly summary: Readonly<Record<string, number | boolean>>;
  readonly contenders: readonly Readonly<Record<string, unknown>>[];
  readonly pagination: Readonly<Record<string, number>>;
}

async function logOf(sku: string, query = '?limit=100', permissions = ['reservations.read']): Promise<Log & Answer> {
  const answer = await service.call('GET', `/v1/inventory/${sku}/fairness${query}`, undefined, { permissions });
  return { ...answer, ...(answer.body as unknown as Log) };
}

const reserve = (sku: string, n: number, quantity = 1) =>
  service.reserve({ orderId: `o-${n}`, holderId: `h-${n}`, items: [{ sku, quantity }] });

describe('the fairness log', () => {
  it('shows a rush in the order in which it came, which is the order served, with each refusal', async () => {
    const sku = await stocked(20);
    const answers = await Promise.all(Array.from({ length: 60 }, (_none, n) => reserve(sku, n)));
    const { summary, contenders, pagination } = await logOf(sku);
    // Who came first of all found nobody else waiting, had its units at once and is no contender.
    const granted = Number(summary['granted']);
    expect(granted).toBeGreaterThan(0);
    expect(summary).toEqual({
      contenders: granted + 40,
      granted,
      waiting: 0,
      refused: 40,
      repeated: 0,
      turnedAway: 0,
      retried: 0,
      missed: 0,
      inversions: 0,
      inOrderOfArrival: true,
    });
    expect(pagination).toMatchObject({ total: granted + 40, totalPages: 1 });
    const arrivals = contenders.map(({ arrival }) => Number(arrival));
    expect(arrivals).toEqual([...arrivals].sort((left, right) => left - right));
    expect(contenders.map(({ place }) => place)).toEqual(arrivals.map((_arrival, index) => index + 1));
    expect(contenders.slice(granted).every(({ outcome, code }) => outcome === 'refused' && code === 'insufficient_stock')).toBe(true);
    const won = new Set(answers.flatMap(({ status, body }) => (status === 201 ? [body['reservationId']] : [])));
    expect(won.size).toBe(20);
    expect(contenders.slice(0, granted).every(({ reservationId }) => won.has(reservationId))).toBe(true);
    expect(new Set(contenders.map(({ holderId }) => holderId)).size).toBe(contenders.length);
  });

  it('knows nothing of buyers who came one by one and had their units, but of each that had none', async () => {
    const sku = await stocked(2);
    for (let n = 0; n < 3; n += 1) await reserve(sku, n);
    const { contenders } = await logOf(sku);
    expect(contenders).toMatchObject([{ orderId: 'o-2', outcome: 'refused', quantity: 1 }]);
  });

  it('is paged, and bounded by the times asked for', async () => {
    const sku = await stocked(0);
    await Promise.all(Array.from({ length: 7 }, (_none, n) => reserve(sku, n)));
    const second = await logOf(sku, '?page=2&limit=3');
    expect(second.contenders.map(({ place }) => place)).toEqual([4, 5, 6]);
    expect(second.pagination).toEqual({ page: 2, pageSize: 3, total: 7, totalPages: 3 });
    expect((await logOf(sku, '?to=2020-01-01T00:00:00Z')).contenders).toEqual([]);
    expect(await logOf(sku, '?from=yesterday')).toMatchObject({ status: 400 });
  });

  it('is shown to nobody without the permission, and to no other tenant', async () => {
    const sku = await stocked(0);
    await reserve(sku, 1);
    expect((await logOf(sku, '', ['inventory.read'])).status).toBe(403);
    const other = await service.call('GET', `/v1/inventory/${sku}/fairness`, undefined, { tenant: 'other', permissions: ['*'] });
    expect(other.body).toMatchObject({ contenders: [], summary: { contenders: 0 } });
  });

  it('would show that somebody was overtaken', async () => {
    const table = new FairnessTable(service.runtime.database.pool);
    const process = '00000000-0000-4000-8000-000000000001';
    const contender = (arrival: number) =>
      ({ arrival, arrivedAt: 0, outcome: 'granted', reservationId: `r${arrival}`, orderId: 'o', quantity: 1 }) as const;
    const turn = (at: number, arrivals: readonly number[], more: Partial<ContendedTurn> = {}): ContendedTurn => ({
      tenant: 'acme',
      sku: 'UNFAIR',
      process,
      at,
      revision: at,
      retries: 0,
      missed: 0,
      contenders: arrivals.map(contender),
      ...more,
    });
    await table.write([
      turn(1, [1, 2, 5]),
      turn(2, [4, 3, 6]),
      turn(2, [1], { process: '00000000-0000-4000-8000-000000000002', missed: 8, retries: 1 }),
    ]);
    const span = '?from=1970-01-01T00:00:00Z&to=1970-01-02T00:00:00Z';
    expect((await logOf('UNFAIR', span)).summary).toMatchObject({
      contenders: 7,
      inversions: 2,
      inOrderOfArrival: false,
      missed: 8,
      retried: 1,
    });
  });

  it('forgets what is old, and the oldest where there is too much', async () => {
    const table = new FairnessTable(service.runtime.database.pool);
    await table.forget(Date.UTC(1970, 0, 20));
    expect((await logOf('UNFAIR', '?from=1970-01-01T00:00:00Z')).contenders).toEqual([]);
  });

  it('takes down what was noted when the service stops', async () => {
    const beside = await ServiceUnderTest.start({ beside: service });
    const sku = await stocked(0);
    await beside.reserve({ orderId: 'last', items: [{ sku, quantity: 1 }] });
    await beside.stop();
    expect((await logOf(sku)).contenders).toMatchObject([{ orderId: 'last' }]);
  });
});
