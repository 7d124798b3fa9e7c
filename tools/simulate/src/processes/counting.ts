import type { CountCommand, CountLine, CountLineState } from '@holdfast/warehouse';
import type { Person, Unstamped } from './people.js';
import type { WarehouseProcess } from './warehouse-process.js';
import { FROM, SKUS, TENANT, TO } from './warehouse-world.js';

type Make = (process: WarehouseProcess, lines: readonly CountLineState[]) => Promise<Unstamped<CountCommand>>;

const LOCATIONS = [FROM, TO] as const;

/** Counts SKUs at a location while sales and transfers go on; two people count, a third decides. */
export async function count(person: Person, until: number): Promise<void> {
  const { world, random } = person;
  const { time } = world;
  while (time.now() < until) {
    const batchId = `cc_${random.uuid()}`;
    world.batchIds.push(batchId);
    const locationId = random.pick(LOCATIONS);
    const lines = SKUS.map((sku, place): CountLine => ({ lineId: String(place + 1), sku, class: 'A', tolerancePct: 1 }));
    const freeze = random.chance(0.3);
    const batch = { batchId, locationId, blind: true, freeze, autoAccept: random.chance(0.5), postedBack: false, requestHash: batchId };
    await act(person, batchId, () => Promise.resolve({ type: 'CreateCountBatch', by: 'eve', ...batch, lines }));
    for (const by of ['ann', 'ben']) {
      await time.sleep(random.pick([20, 300]));
      await record(person, batchId, locationId, by);
      await time.sleep(random.pick([20, 300]));
      await act(person, batchId, async ({ skuCounts, countStreams }, open) => {
        const { state } = (await countStreams.read({ tenant: TENANT, batchId })).record;
        return { type: 'SubmitCount', by, nettings: await skuCounts.nettings({ tenant: TENANT, batchId }, state, open) };
      });
    }
    await time.sleep(random.pick([20, 600]));
    if (random.chance(0.15)) await act(person, batchId, () => Promise.resolve({ type: 'CancelCount', by: 'eve' }));
    await resolve(person, batchId);
    await time.sleep(random.pick([200, 1_500]));
  }
}

/** What is left of a batch is decided, or nobody counts it any more. */
export async function finishCount(person: Person, batchId: string): Promise<void> {
  await act(person, batchId, () => Promise.resolve({ type: 'CancelCount', by: 'eve' }));
  await resolve(person, batchId);
}

/** What is in review is accepted or not. */
async function resolve(person: Person, batchId: string): Promise<void> {
  const reason = { reasonCode: 'correction', reason: 'looked again' };
  const decisions = SKUS.map((_, place) => ({
    lineId: String(place + 1),
    decision: person.random.pick(['accept', 'accept', 'reject'] as const),
  }));
  await act(person, batchId, async ({ skuCounts, countStreams }, lines) => {
    const { state } = (await countStreams.read({ tenant: TENANT, batchId })).record;
    const nettings = await skuCounts.nettings({ tenant: TENANT, batchId }, state, lines);
    const open = decisions.filter(({ lineId }) => lines.some((line) => line.lineId === lineId && line.status === 'review'));
    return { type: 'ResolveCount', by: 'cat', lines: open.map((each) => ({ ...each, ...reason })), nettings };
  });
}

async function record(person: Person, batchId: string, locationId: string, by: string): Promise<void> {
  const differences = new Map(SKUS.map((sku) => [sku, person.random.pick([-1, 0, 0, 1])] as const));
  const countedAt = person.world.time.now() - 1;
  await act(person, batchId, async ({ skuCounts }, lines) => {
    const open = lines.filter(({ status }) => status === 'to_count' || status === 'recount');
    const counts = await Promise.all(
      open.map(async ({ lineId, sku }) => {
        const book = await skuCounts.recordedAt({ tenant: TENANT, sku }, { locationId }, countedAt, 0);
        const quantity = Math.max(0, book.units + (differences.get(sku as (typeof SKUS)[number]) ?? 0));
        return { lineId, quantity, countedAt, book, pickedUnits: 0, awaitingPickUnits: 0 };
      }),
    );
    return { type: 'RecordCounts', by, counts };
  });
}

function act(person: Person, batchId: string, make: Make): Promise<unknown> {
  const commandId = person.random.uuid();
  return person.ask((process, at) =>
    process.counts.run({ tenant: TENANT, batchId }, async ({ state }) => ({ ...(await make(process, state.lines)), at, commandId }), 'ann'),
  );
}
