import type { Bin } from '@holdfast/inventory';
import type { KnownLocations } from '@holdfast/ledger';
import { freeUnits, type BinSituation } from '@holdfast/warehouse';
import type { BinFacts } from './bin-facts.js';
import type { CallClaims, CallPlace, WantedSpace } from './call-claims.js';
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

/** What is asked of the bins before units come into them. */
export interface Asked {
  /** A person takes responsibility for what does not fit. */
  readonly overCapacity?: boolean | undefined;
  /** Also whether the bins take the goods beside what lies there. */
  readonly mixing?: boolean;
}

/** Keeps space for what people correct and move. Where all fits, the space is claimed while they do so; facts are booked whatever fits. */
export class BinRoom {
  constructor(
    private readonly facts: Pick<BinFacts, 'upToDate' | 'situations'>,
    private readonly locations: Pick<KnownLocations, 'find'>,
    private readonly claims: Pick<CallClaims, 'holding'>,
  ) {}

  /** Works while there is space for so many units more in each bin. @throws Problem 404 `unknown_bin`, 409 `bin_full` */
  async withMore<Result>(place: CallPlace, more: readonly InBin[], asked: Asked, work: () => Promise<Result>): Promise<Result> {
    const wanted = await this.mustFit(place, { named: more, asked, addedBy: ({ units }) => units });
    return this.claims.holding(place, wanted, work);
  }

  /**
   * As above, for so many units of the SKU and lot in each bin in place of those that lie there.
   * @throws Problem 404 `unknown_bin`, 409 `bin_full`
   */
  async withFigures<Result>(place: CallPlace, figures: readonly InBin[], asked: Asked, work: () => Promise<Result>): Promise<Result> {
    const addedBy = ({ sku, lotId, units }: InBin, { contents }: BinSituation): number =>
      units - contents.filter((each) => each.sku === sku && each.lotId === lotId).reduce((sum, each) => sum + each.units, 0);
    return this.claims.holding(place, await this.mustFit(place, { named: figures, asked, addedBy }), work);
  }

  private async mustFit(
    { tenant, locationId }: CallPlace,
    {
      named,
      asked: { overCapacity = false, mixing = false },
      addedBy,
    }: { named: readonly InBin[]; asked: Asked; addedBy: (one: InBin, there: BinSituation) => number },
  ): Promise<readonly WantedSpace[]> {
    const inBins = named.filter(({ binId }) => binId !== undefined);
    const location = inBins.length === 0 ? undefined : await this.locations.find(tenant, locationId);
    // A location whose catalogue has no bins keeps none: what its bins are called is its own affair.
    if (location?.bins === undefined) return [];
    await this.facts.upToDate();
    const names = new Set(inBins.map(({ binId }) => binId));
    const bins = location.bins.filter(({ binId }) => names.has(binId));
    const situations = new Map((await this.facts.situations(tenant, { ...location, bins })).map((each) => [each.bin.binId, each]));
    const added = new Map<string, number>();
    const wanted = new Map<string, WantedSpace>();
    for (const one of inBins) {
      const { binId = '', field } = one;
      const there = situations.get(binId);
      if (there === undefined) throw putAwayProblem({ code: 'unknown_bin', details: [{ field, binId }] });
      const more = addedBy(one, there);
      added.set(binId, (added.get(binId) ?? 0) + more);
      addWanted(wanted, one, mixing ? there.bin : { ...there.bin, ...MIXED }, more);
      const free = freeUnits(there.bin, [...there.contents, ...there.claims]);
      const units = added.get(binId) ?? 0;
      if (units > 0 && units > free && !overCapacity) {
        throw putAwayProblem({ code: 'bin_full', details: [{ field, binId, free: Math.max(0, free), requested: units }] });
      }
    }
    return overCapacity ? [] : [...wanted.values()].filter(({ units }) => units > 0);
  }
}

/** A correction says what lies there, whatever the bin would be given. */
const MIXED = { allowMixedSkus: true, allowMixedLots: true, blocked: false };

/** One claim for the units of a SKU and lot in a bin; none for a bin that takes everything. */
function addWanted(wanted: Map<string, WantedSpace>, { field, sku, lotId }: InBin, bin: Bin, units: number): void {
  if (bin.capacityUnits === null && bin.allowMixedSkus && bin.allowMixedLots) return;
  const key = JSON.stringify([bin.binId, sku, lotId]);
  const known = wanted.get(key);
  wanted.set(key, known === undefined ? { bin, field, sku, lotId, units } : { ...known, units: known.units + units });
}
