import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { ProcessDriver } from './process-driver.js';
import { processTable, type ProcessRef } from './process-table.js';

const TABLE = 'public.process';
const TIMES = { leaseMs: 60_000, patienceMs: 0, retry: { firstMs: 1_000, mostMs: 60_000 } };

describe('the driver of processes', () => {
  let postgres: TestPostgres;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await postgres.pool().query(processTable(TABLE));
  });
  afterAll(() => postgres.stop());

  it('lets none that waits long hold up the others, and begins no more at once than it can drive', async () => {
    const begun: string[] = [];
    const waiting = new Map<string, () => void>();
    const all: readonly ProcessRef[] = Array.from({ length: 40 }, (_, id) => ({ tenant: 'acme', id: String(id) }));
    const driver = new ProcessDriver({
      pool: postgres.pool(),
      table: TABLE,
      kind: 'read',
      times: TIMES,
      due: () => Promise.resolve(all.filter(({ id }) => !begun.includes(id))),
      drive: async ({ id }) => {
        begun.push(id);
        await new Promise<void>((resolve) => waiting.set(id, resolve));
      },
      onFault: (error) => {
        throw error;
      },
    });
    const look = async (): Promise<void> => {
      await driver.chore('reads', 1_000).run(new AbortController().signal);
    };
    const until = async (count: number): Promise<void> => {
      while (begun.length < count) {
        await look();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };

    await until(16);
    await look();
    expect(begun).toHaveLength(16);

    // Two of them end, and looks begin two others; the fourteen go on waiting.
    for (const id of ['3', '4']) waiting.get(id)?.();
    await until(18);
    await look();
    expect(begun).toHaveLength(18);

    for (const end of waiting.values()) end();
    await driver.stop();
  });
});
