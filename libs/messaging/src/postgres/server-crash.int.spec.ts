import { startOwnTestPostgres, type OwnTestPostgres } from '@holdfast/testing';
import { ascending, eventually, numbered, numbersOf, sleep, upTo } from '../contract/suite.js';
import type { IncomingMessage } from '../port.js';
import { PostgresBus } from './postgres-bus.js';

describe('the bus when its Postgres is killed', () => {
  let postgres: OwnTestPostgres;
  beforeAll(async () => {
    postgres = await startOwnTestPostgres({ durable: true });
  });
  afterAll(() => postgres.stop());

  it('has every acknowledged message afterwards, offsets without a gap, and goes on', async () => {
    const bus = new PostgresBus({ connectionString: postgres.connectionString });
    await bus.ensureTopics([{ name: 'crash', partitions: 3, cleanup: 'delete' }]);
    const seen: IncomingMessage[] = [];
    await bus.consume({ group: 'g', topics: ['crash'], onBatch: async (batch) => void seen.push(...batch.messages) });

    const acknowledged: number[] = [];
    let publishing = true;
    const publishers = upTo(8).map(async (lane) => {
      for (let n = lane; publishing; n += 8) {
        await bus
          .publish('crash', numbered(1, 50, n))
          .then(() => acknowledged.push(n))
          .catch(() => sleep(50));
      }
    });
    await eventually(() => expect(acknowledged.length).toBeGreaterThan(500));
    process.kill(postgres.pid, 'SIGKILL');
    await eventually(() => expect(bus.ping()).rejects.toThrow());
    await eventually(() => bus.ping());
    const before = acknowledged.length;
    await eventually(() => expect(acknowledged.length).toBeGreaterThan(before + 500));
    publishing = false;
    await Promise.all(publishers);

    await eventually(() => expect(ascending(new Set(numbersOf(seen)))).toEqual(expect.arrayContaining(ascending(acknowledged))));
    const offsets = new Map<number, Set<number>>();
    for (const { partition, offset } of seen) offsets.set(partition, (offsets.get(partition) ?? new Set()).add(Number(offset)));
    for (const seqs of offsets.values()) expect(ascending(seqs)).toEqual(upTo(seqs.size));
    await bus.close();
  });
});
