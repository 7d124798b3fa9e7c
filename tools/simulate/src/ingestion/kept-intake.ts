import {
  parkingLane,
  type Entry,
  type Handled,
  type IntakeParts,
  type Look,
  type ReadyMessage,
  type TenantRouting,
  type UnparkingParts,
} from '@holdfast/ingestion';
import { reach, type Faults, type Life } from '@holdfast/simulation';

export const CONNECTION = 'erp';
const LOCK_OUTLIVES_ERROR_MS = 1_000;
/** What the figures of the ERP mean, as a connection has it that says nothing of it. */
const MEANING = { adjustmentsPostedBack: false, figureCovers: 'physical' } as const;

type Parked = Entry & { readonly id: string };

/** The database of the ingestion service, which outlives every process: inbox, parked messages, mappings, a lock. */
export class KeptIntake {
  readonly handled = new Map<string, string>();
  parked: readonly Parked[] = [];
  readonly #locations = new Map<string, string>();
  lockedBy: Life | undefined;
  #version = 0;
  #parkedEver = 0;

  map(warehouseId: string, locationId: string): void {
    this.#locations.set(warehouseId, locationId);
    this.#version += 1;
  }

  warehousesOf(locationId: string): readonly string[] {
    return [...this.#locations].flatMap(([warehouseId, at]) => (at === locationId ? [warehouseId] : []));
  }

  routing(): TenantRouting {
    const connection = { postingLagMs: null, autoMap: false, locations: new Map(this.#locations) };
    return { version: String(this.#version), connections: new Map([[CONNECTION, connection]]) };
  }

  look(entries: readonly Entry[]): Look {
    const handled = new Map<string, string>();
    for (const { commandId } of entries) {
      const hash = this.handled.get(commandId);
      if (hash !== undefined) handled.set(commandId, hash);
    }
    const lanes = new Set(entries.map(parkingLane));
    return {
      versions: new Map(entries.map(({ tenant }) => [tenant, String(this.#version)])),
      handled,
      parked: new Set(this.parked.map(parkingLane).filter((lane) => lanes.has(lane))),
    };
  }

  /** As the table does: an id that is stored already changes nothing. */
  remember(effective: readonly Handled[], parked: readonly Entry[]): void {
    const known = new Set(this.parked.map(({ commandId }) => commandId));
    for (const entry of parked) {
      if (known.has(entry.commandId)) continue;
      this.#parkedEver += 1;
      this.parked = [...this.parked, { ...entry, id: String(this.#parkedEver) }];
    }
    for (const { commandId, bodyHash } of [...effective, ...parked])
      if (!this.handled.has(commandId)) this.handled.set(commandId, bodyHash);
  }

  /** The oldest messages of each SKU whose warehouse is mapped now. */
  ready(perSku: number): readonly ReadyMessage[] {
    const counts = new Map<string, number>();
    const found: ReadyMessage[] = [];
    for (const { id, commandId, tenant, message } of this.parked) {
      const locationId = this.#locations.get(message.warehouseId);
      const count = counts.get(message.sku) ?? 0;
      if (locationId === undefined || count >= perSku) continue;
      counts.set(message.sku, count + 1);
      found.push({ id, commandId, tenant, message, locationId, postingLagMs: null, ...MEANING });
    }
    return found;
  }

  remove(ids: readonly string[]): void {
    this.parked = this.parked.filter(({ id }) => !ids.includes(id));
  }
}

export class DatabaseUnavailable extends Error {
  readonly code = 'database_unavailable';
}
const unknown = (): Error => new DatabaseUnavailable('the simulated database did not answer');

export type IntakeTables = Pick<IntakeParts, 'inbox' | 'routing'> & Pick<UnparkingParts, 'parked'>;

/** The tables for one life of a process, over a network that fails as the faults say. */
export function simulatedTables(kept: KeptIntake, life: Life, faults: Faults): IntakeTables {
  const ask = <T>(work: () => T): Promise<T> => reach(life, faults, async () => Promise.resolve(work()), unknown);
  return {
    inbox: {
      look: (entries) => ask(() => kept.look(entries)),
      remember: (effective, parked) => ask(() => kept.remember(effective, parked)),
    },
    routing: { atVersions: (versions) => ask(() => new Map([...versions.keys()].map((tenant) => [tenant, kept.routing()]))) },
    parked: {
      count: () => ask(() => kept.parked.length),
      awaitingAutoMapping: () => ask(() => []),
      takeReady: (_, perSku, work) => takeReady(kept, life, ask, perSku, work),
    },
  };
}

/** A transaction with the lock: the lock ends with it, or with its process. */
async function takeReady(
  kept: KeptIntake,
  life: Life,
  ask: <T>(work: () => T) => Promise<T>,
  perSku: number,
  work: (ready: readonly ReadyMessage[]) => Promise<readonly string[]>,
): Promise<number> {
  const unlock = (): void => {
    if (kept.lockedBy === life) kept.lockedBy = undefined;
  };
  try {
    const ready = await ask(() => {
      if (kept.lockedBy?.alive === true) return undefined;
      kept.lockedBy = life;
      return kept.ready(perSku);
    });
    if (ready === undefined) return 0;
    const ids = await work(ready);
    return await ask(() => {
      kept.remove(ids);
      unlock();
      return ids.length;
    });
  } catch (error) {
    // A call that was sent may still take effect, so the database holds the lock for that time.
    life.time.after(LOCK_OUTLIVES_ERROR_MS, unlock);
    throw error;
  }
}
