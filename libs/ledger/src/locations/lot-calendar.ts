import { MAIN_LOCATION, type Location, type LotInstant, type SkuState } from '@holdfast/inventory';
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
}
