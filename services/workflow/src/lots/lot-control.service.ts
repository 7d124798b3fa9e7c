import type { KnownLocations, LotCalendar, SkuLedger } from '@holdfast/ledger';
import { startOfDay } from '@holdfast/kit';
import { unknownSkus } from '@holdfast/platform';
import { skuNamed } from '../adjustments/subject.js';
import { mustKnowLocation } from '../locations/must-know.js';
import type { CheckedLotsView, CheckLotsRequest, LotControlQuery, LotControlView } from './lot-control.dto.js';
import { checkLots, lotControlView } from './lot-control.js';

/** Questions about lots; nothing is written. */
export class LotControlService {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly locations: KnownLocations,
    private readonly calendar: LotCalendar,
  ) {}

  /** @throws Problem 404 `unknown_sku`, `unknown_location` */
  async validate(tenant: string, { locationId, ...query }: LotControlQuery, at: number): Promise<LotControlView> {
    const sku = skuNamed(query);
    if (locationId !== undefined) await mustKnowLocation(this.locations, tenant, 'locationId', locationId);
    const { state } = await this.ledger.read({ tenant, sku });
    if (!state.known) throw unknownSkus([sku]);
    return lotControlView(sku, state, at, locationId);
  }

  /** @throws Problem 404 `unknown_sku`, `unknown_location` */
  async check(tenant: string, request: CheckLotsRequest, at: number): Promise<CheckedLotsView> {
    const sku = skuNamed(request);
    await mustKnowLocation(this.locations, tenant, 'locationId', request.locationId);
    const zone = await this.calendar.zoneOf(tenant, request.locationId);
    const { state } = await this.ledger.read({ tenant, sku });
    if (!state.known) throw unknownSkus([sku]);
    const instantOf = (expiryDate: string): number => startOfDay(expiryDate, zone, 1 - (state.description.removalDays ?? 0));
    return checkLots({ state, at, request, instantOf });
  }
}
