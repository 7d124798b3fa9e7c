import type { CheckpointStore } from '@holdfast/reservation';
import { reach, type Faults, type Life } from '@holdfast/simulation';

type Restored = NonNullable<Awaited<ReturnType<CheckpointStore['load']>>>;
type Change = Parameters<CheckpointStore['save']>[0][number];
type Kept = { readonly json: string; readonly position: bigint };

const SETS = 'openSkus';
/** As the table does: an item is converted to JSON and back, and its index in a heap is not kept. */
const toJson = (item: object): string =>
  JSON.stringify(item, (field, value: unknown) => (field === 'heapIndex' ? undefined : value instanceof Set ? [...value] : value));
const fromJson = (json: string): Restored['items'][number] =>
  ({
    ...JSON.parse(json, (field, value: unknown) => (field === SETS && Array.isArray(value) ? new Set(value) : value)),
    heapIndex: -1,
  }) as Restored['items'][number];

/** The stored checkpoint of the watch, which outlives every process. */
export class KeptCheckpoint {
  readonly #items = new Map<string, Kept>();
  #position: bigint | undefined;

  load(): Restored | undefined {
    if (this.#position === undefined) return undefined;
    return { items: [...this.#items.values()].map(({ json }) => fromJson(json)), position: this.#position };
  }

  save(changes: readonly Change[], position: bigint): void {
    for (const { key, item, position: at } of changes) {
      if (item === undefined) this.#items.delete(key);
      else if ((this.#items.get(key)?.position ?? -1n) < at) this.#items.set(key, { json: toJson(item), position: at });
    }
    if (this.#position === undefined || this.#position < position) this.#position = position;
  }
}

const unknown = (): Error => new Error('the simulated checkpoint did not answer');

/** The checkpoint for one life of a process. */
export const simulatedCheckpoint = (kept: KeptCheckpoint, life: Life, faults: Faults): CheckpointStore => ({
  load: () => reach(life, faults, () => Promise.resolve(kept.load()), unknown),
  save: (changes, position) => {
    // A copy as of now: later changes by the process are not part of what it sent.
    const sent = changes.map((change) => ({ ...change, item: change.item === undefined ? undefined : fromJson(toJson(change.item)) }));
    return reach(life, faults, () => Promise.resolve(kept.save(sent, position)), unknown);
  },
});
