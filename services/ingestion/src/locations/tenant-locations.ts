import type { Position } from '@holdfast/event-store';
import { START } from '@holdfast/event-store';
import type { Location, Refusal } from '@holdfast/inventory';
import type { LocationDirectory } from '@holdfast/ledger';
import { allDone, runInLanes, uuidOf } from '@holdfast/kit';

export interface PutContext {
  readonly at: number;
  readonly commandId: string;
  readonly actor: string;
}

export type PutResult =
  | { readonly kind: 'put'; readonly location: Location; readonly created: boolean }
  | { readonly kind: 'refused'; readonly refusal: Pick<Refusal, 'code' | 'details'> };

/** They are decided and appended together, in some milliseconds and without a pause. */
const PUT_AT_ONCE = 64;

/** Checks many location ids of a tenant at once, and registers or changes many locations at once. */
export class TenantLocations {
  constructor(private readonly directory: LocationDirectory) {}

  /** Returns the ids that are no location of the tenant now. Locations are never removed, so a known id is not read again. */
  async unknownOf(tenant: string, locationIds: readonly string[]): Promise<ReadonlySet<string>> {
    const unknown = (): Set<string> => new Set(locationIds.filter((id) => this.directory.find(tenant, id) === undefined));
    const [first] = unknown();
    if (first === undefined) return new Set();
    // Brings all locations of the tenant up to date, not this one only.
    await this.directory.exists(tenant, first);
    return unknown();
  }

  /** A location as it is now; undefined for an unknown one. */
  async find(tenant: string, locationId: string): Promise<Location | undefined> {
    await this.directory.exists(tenant, locationId);
    return this.directory.find(tenant, locationId);
  }

  /** Registers or changes locations in order. A refused location does not stop the others. */
  async put(
    tenant: string,
    locations: readonly Location[],
    { at, commandId, actor }: PutContext,
  ): Promise<{ readonly results: readonly PutResult[]; readonly position: Position }> {
    const numbered = locations.map((location, index) => ({ location, index }));
    const options = { laneOf: () => tenant, lanes: 1, window: PUT_AT_ONCE };
    let position = START;
    const settled = await runInLanes(numbered, options, async ({ location, index }): Promise<PutResult> => {
      const outcome = await this.directory.put(tenant, location, { at, commandId: uuidOf(`${commandId}|${index}`) }, { actor });
      if (outcome.position > position) position = outcome.position;
      if (outcome.kind === 'refused') return { kind: 'refused', refusal: outcome };
      return {
        kind: 'put',
        location: outcome.state.get(location.locationId) ?? location,
        created: outcome.events.some(({ type }) => type === 'LocationRegistered'),
      };
    });
    return { results: allDone(settled), position };
  }
}
