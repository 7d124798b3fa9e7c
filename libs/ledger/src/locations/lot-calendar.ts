import { MAIN_LOCATION, type Location, type LotAtDestination, type LotInstant, type SkuState } from '@holdfast/inventory';
import { startOfDay } from '@holdfast/kit';

const DEFAULT_ZONE = 'UTC';

/** Where the zones of locations are known. */
export interface ZonedLocations {
  find(tenant: string, locationId: string): Promise<Pick<Location, 'timeZone'> | undefined>;
}

/** Turns dates of lots into instants: the first one of the day after the date, in the zone of the location, less the days of removal. */
export class LotCalendar {
  constructor(private readonly locations: ZonedLocations) {}

  async zoneOf(tenant: string, locationId: string): Promise<string> {
    const zone = (await this.locations.find(tenant, locationId))?.timeZone;
    return zone ?? (await this.locations.find(tenant, MAIN_LOCATION.locationId))?.timeZone ?? DEFAULT_ZONE;
  }

  /** @param expiryDate `YYYY-MM-DD` */
  async expiresAt(tenant: string, locationId: string, expiryDate: string, { description }: Pick<SkuState, 'description'>): Promise<number> {
    return startOfDay(expiryDate, await this.zoneOf(tenant, locationId), 1 - (description.removalDays ?? 0));
  }

  instants(
    tenant: string,
    locationIds: readonly string[],
    expiryDate: string,
    state: Pick<SkuState, 'description'>,
  ): Promise<readonly LotInstant[]> {
    return Promise.all(
      locationIds.map(async (locationId) => ({ locationId, expiresAt: await this.expiresAt(tenant, locationId, expiryDate, state) })),
    );
  }

  /** Instants at a location of those of these lots that have a date and were never there; of a SKU without lots nothing is looked up. */
  async atDestination(
    tenant: string,
    locationId: string,
    { description, detail }: Pick<SkuState, 'description' | 'detail'>,
    lotIds: Iterable<string>,
  ): Promise<readonly LotAtDestination[]> {
    const dated = [...lotIds].flatMap((lotId) => {
      const lot = detail?.lots?.lots.get(lotId);
      return lot?.expiryDate === undefined || lot.expiresAt.has(locationId) ? [] : [{ lotId, expiryDate: lot.expiryDate }];
    });
    if (dated.length === 0) return [];
    const zone = await this.zoneOf(tenant, locationId);
    const instants = new Map<string, number>();
    return dated.map(({ lotId, expiryDate }) => {
      const expiresAt = instants.get(expiryDate) ?? startOfDay(expiryDate, zone, 1 - (description.removalDays ?? 0));
      instants.set(expiryDate, expiresAt);
      return { lotId, expiresAt };
    });
  }
}
