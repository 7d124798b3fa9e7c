import type { KnownLocations } from '@holdfast/ledger';
import { freeUnits, type BinSituation } from '@holdfast/warehouse';
import type { BinFacts } from './bin-facts.js';
import { putAwayProblem } from './put-away-refusals.js';

/** Units of a SKU that a person says lie in a bin, or come there. */
export interface InBin {
  /** Of the request that named the bin. */
  readonly field: string;
  readonly sku: string;
  readonly lotId?: string | undefined;
  readonly binId?: string | undefined;
  readonly units: number;
}

/**
 * Asks whether what people correct fits into their bins. It is a check and no claim: a correction states what lies there, and two of them
 * at once may fill a bin beyond its capacity as a count may.
 */
export class BinRoom {
  constructor(
    private readonly facts: Pick<BinFacts, 'upToDate' | 'situations'>,
    private readonly locations: KnownLocations,
  ) {}

  /** So many units more in each bin. @throws Problem 404 `unknown_bin`, 409 `bin_full` */
  mustFitMore(tenant: string, locationId: string, more: readonly InBin[], overCapacity = false): Promise<void> {
    return this.mustFit(tenant, locationId, { named: more, overCapacity, addedBy: ({ units }) => units });
  }

  /** So many units of the SKU and lot in each bin in place of those that lie there. @throws Problem 404 `unknown_bin`, 409 `bin_full` */
  mustFitFigures(tenant: string, locationId: string, figures: readonly InBin[], overCapacity = false): Promise<void> {
    const addedBy = ({ sku, lotId, units }: InBin, { contents }: BinSituation): number =>
      units - contents.filter((each) => each.sku === sku && each.lotId === lotId).reduce((sum, each) => sum + each.units, 0);
    return this.mustFit(tenant, locationId, { named: figures, overCapacity, addedBy });
  }

  private async mustFit(
    tenant: string,
    locationId: string,
    {
      named,
      overCapacity,
      addedBy,
    }: { named: readonly InBin[]; overCapacity: boolean; addedBy: (one: InBin, there: BinSituation) => number },
  ): Promise<void> {
    const inBins = named.filter(({ binId }) => binId !== undefined);
    const location = inBins.length === 0 ? undefined : await this.locations.find(tenant, locationId);
    // A location whose catalogue has no bins keeps none: what its bins are called is its own affair.
    if (location?.bins === undefined) return;
    await this.facts.upToDate();
    const names = new Set(inBins.map(({ binId }) => binId));
    const bins = location.bins.filter(({ binId }) => names.has(binId));
    const situations = new Map((await this.facts.situations(tenant, { ...location, bins })).map((each) => [each.bin.binId, each]));
    const added = new Map<string, number>();
    for (const one of inBins) {
      const { binId = '', field } = one;
      const there = situations.get(binId);
      if (there === undefined) throw putAwayProblem({ code: 'unknown_bin', details: [{ field, binId }] });
      added.set(binId, (added.get(binId) ?? 0) + addedBy(one, there));
      const free = freeUnits(there.bin, [...there.contents, ...there.claims]);
      const units = added.get(binId) ?? 0;
      if (units > 0 && units > free && !overCapacity) {
        throw putAwayProblem({ code: 'bin_full', details: [{ field, binId, free: Math.max(0, free), requested: units }] });
      }
    }
  }
}
