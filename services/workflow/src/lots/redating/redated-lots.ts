import type { RedatedLot, SkuState } from '@holdfast/inventory';
import { startOfDay } from '@holdfast/kit';

/** Where the zone of a location is known. */
export interface Zones {
  zoneOf(tenant: string, locationId: string): Promise<string>;
}

/** The lots of the SKU whose instants do not follow from their dates any more, with those that do. */
export async function redatedLots(zones: Zones, tenant: string, { detail, description }: SkuState): Promise<readonly RedatedLot[]> {
  const { removalDays = 0 } = description;
  const known = new Map<string, number>();
  const zoneAt = new Map<string, string>();
  const lots: RedatedLot[] = [];
  for (const { lotId, expiryDate, expiresAt, marked } of detail?.lots?.lots.values() ?? []) {
    if (expiryDate === undefined) continue;
    const instants = [];
    for (const [locationId, was] of expiresAt) {
      if (marked.has(locationId)) continue;
      const zone = zoneAt.get(locationId) ?? (await zones.zoneOf(tenant, locationId));
      zoneAt.set(locationId, zone);
      const key = `${expiryDate} ${zone}`;
      const instant = known.get(key) ?? startOfDay(expiryDate, zone, 1 - removalDays);
      known.set(key, instant);
      if (instant !== was) instants.push({ locationId, was, expiresAt: instant });
    }
    if (instants.length > 0) lots.push({ lotId, expiryDate, instants });
  }
  return lots;
}
