import type { KnownLocations } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import type { BinFacts } from '../put-away/bin-facts.js';

/** Which bins hold more than they are meant to. A count is a fact and is booked whatever fits, so people are told. */
export class OverfullBins {
  constructor(
    private readonly facts: Pick<BinFacts, 'upToDate' | 'situations'>,
    private readonly locations: Pick<KnownLocations, 'find'>,
  ) {}

  /** Of these bins; none where what lies in them is not known in time, as the count is booked by then. */
  async among(tenant: string, locationId: string, binIds: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const location = await this.locations.find(tenant, locationId);
    const bins = (location?.bins ?? []).filter(({ binId, capacityUnits }) => capacityUnits !== null && binIds.has(binId));
    if (location === undefined || bins.length === 0 || !(await this.isUpToDate())) return new Set();
    const situations = await this.facts.situations(tenant, { ...location, bins });
    const overfull = situations.filter(
      ({ bin, contents }) => bin.capacityUnits !== null && contents.reduce((sum, { units }) => sum + units, 0) > bin.capacityUnits,
    );
    return new Set(overfull.map(({ bin }) => bin.binId));
  }

  private async isUpToDate(): Promise<boolean> {
    try {
      await this.facts.upToDate();
      return true;
    } catch (error) {
      if (error instanceof Problem && error.code === 'position_not_reached') return false;
      throw error;
    }
  }
}
