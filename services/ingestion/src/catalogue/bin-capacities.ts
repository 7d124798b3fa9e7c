import type { Bin, Location } from '@holdfast/inventory';
import { Problem } from '@holdfast/platform';

export interface BinCapacitiesParts {
  /** The location as it is now. */
  readonly find: (tenant: string, locationId: string) => Promise<Location | undefined>;
  /** Resolves once the contents reflect all that is stored by now; false where that takes too long. */
  readonly upToDate: () => Promise<boolean>;
  /** Units in the bins, by bin. */
  readonly contents: (tenant: string, locationId: string, binIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;
}

export interface CapacityRefusal {
  readonly code: 'capacity_below_contents';
  readonly details: { readonly locationId: string; readonly binId: string; readonly capacityUnits: number; readonly contents: number };
}

/**
 * Refuses a capacity below what lies in the bin when it is set. One that is not lowered is not asked about: a fact may have filled the bin
 * beyond it before.
 */
export class BinCapacities {
  constructor(private readonly parts: BinCapacitiesParts) {}

  /**
   * The first bin of each location whose new capacity is too small.
   * @throws Problem 412 `position_not_reached`
   */
  async refusals(tenant: string, locations: readonly Location[]): Promise<ReadonlyMap<Location, CapacityRefusal>> {
    const found = new Map<Location, CapacityRefusal>();
    let isUpToDate = false;
    for (const location of locations) {
      const lowered = await this.lowered(tenant, location);
      if (lowered.length === 0) continue;
      if (!isUpToDate && !(await this.parts.upToDate())) {
        throw new Problem(412, 'position_not_reached', 'What lies in the bins is not known yet; send the same again');
      }
      isUpToDate = true;
      const refusal = await this.refusal(tenant, location.locationId, lowered);
      if (refusal !== undefined) found.set(location, refusal);
    }
    return found;
  }

  private async lowered(tenant: string, { locationId, bins = [] }: Location): Promise<readonly LimitedBin[]> {
    const limited = bins.filter((bin): bin is LimitedBin => bin.capacityUnits !== null);
    if (limited.length === 0) return [];
    const location = await this.parts.find(tenant, locationId);
    // Nothing lies at a location that nobody knew.
    if (location === undefined) return [];
    const before = new Map(location.bins?.map((bin) => [bin.binId, bin]));
    return limited.filter(({ binId, capacityUnits }) => {
      const known = before.get(binId);
      return known === undefined || known.capacityUnits === null || capacityUnits < known.capacityUnits;
    });
  }

  private async refusal(tenant: string, locationId: string, bins: readonly LimitedBin[]): Promise<CapacityRefusal | undefined> {
    const lying = await this.parts.contents(
      tenant,
      locationId,
      bins.map(({ binId }) => binId),
    );
    for (const { binId, capacityUnits } of bins) {
      const contents = lying.get(binId) ?? 0;
      if (contents > capacityUnits) return { code: 'capacity_below_contents', details: { locationId, binId, capacityUnits, contents } };
    }
    return undefined;
  }
}

type LimitedBin = Bin & { readonly capacityUnits: number };
