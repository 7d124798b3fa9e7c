import { setTimeout } from 'node:timers/promises';
import { openPostgresEventStore, type EventStore } from '@holdfast/event-store';
import { openPostgresSnapshots, openSkuLedger, stockStream, type SkuLedger } from '@holdfast/ledger';
import { Random } from '@holdfast/simulation';
import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { auditRace } from './audit-race.js';
import { race } from './race.js';
import { endWhatIsOpen, open, run, type Clock } from './running.js';

const INTERLEAVINGS = 60;
const PROCESSES = 2;

/** Real time, in which a hundredth of a millisecond counts for chance to fall between. */
const clock: Clock = { now: () => Date.now(), sleep: (ms) => setTimeout(ms) };

describe('one SKU that two processes decide on at once, on Postgres', () => {
  let postgres: TestPostgres;
  const stores: EventStore[] = [];

  beforeAll(async () => {
    postgres = await startTestPostgres();
    for (let process = 0; process <= PROCESSES; process += 1)
      stores.push(await openPostgresEventStore({ connectionString: postgres.connectionString }));
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await postgres.stop();
  });

  it(`keeps its books after every event and ends every reservation once, in ${INTERLEAVINGS} interleavings`, async () => {
    const snapshots = await openPostgresSnapshots(postgres.pool());
    const logs = new Set<string>();
    let [events, checks, conflicts] = [0, 0, 0];
    const interleaved = async (seed: number): Promise<void> => {
      const random = new Random(seed);
      const ref = { tenant: 'acme', sku: `ale-${seed}` };
      const observer = { turnEnded: (turn: { readonly conflicts: number }) => (conflicts += turn.conflicts) };
      const start = (eventStore: EventStore): Promise<SkuLedger> =>
        openSkuLedger({ eventStore, snapshots, observer, limits: { snapshotEvery: random.pick([3, 500]), snapshotPauseMs: 0 } });
      const processes = await Promise.all(stores.slice(0, PROCESSES).map(start));
      const commands = race(random, PROCESSES);
      const answers = [...(await open(commands, processes, clock, () => random.chance(0.7), ref))];
      answers.push(...(await run(commands, processes, clock, ref)));
      const [last] = stores.slice(PROCESSES);
      if (last === undefined) throw new Error('there is no store for who comes last');
      answers.push(...(await endWhatIsOpen(await start(last), clock, ref)));
      for (const ledger of processes) await ledger.drain();

      const log = await last.readStream(stockStream(ref));
      const audit = auditRace(log, answers);
      expect({ seed, faults: audit.faults }).toEqual({ seed, faults: [] });
      logs.add(log.map(({ type }) => type).join());
      events += audit.events;
      checks += audit.checks;
    };
    for (let seed = 1; seed <= INTERLEAVINGS; seed += 10) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => interleaved(seed + index)));
    }
    process.stdout.write(
      `${INTERLEAVINGS} interleavings on Postgres, ${logs.size} different logs, ${conflicts} times another process was first: ${checks} checks after ${events} events\n`,
    );
    expect(conflicts).toBeGreaterThan(0);
  });
});
