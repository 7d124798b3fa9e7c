import type { Position } from '@holdfast/event-store';
import type { SkuState } from '@holdfast/inventory';
import { availableUnits } from '@holdfast/inventory';
import type { Clock } from '@holdfast/kit';
import type { SkuLedger } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import type { TenantLocations } from '../../locations/tenant-locations.js';
import { itemView } from '../item-view.js';
import { effectiveTime } from '../stock-change.js';
import type { Asker } from '../stock.service.js';
import type { AdjustedSkuView, AdjustLocationsRequest, LocationAdjustmentRequest } from './adjustments.dto.js';
import { adjustmentsRefused, field } from './refused.js';

export interface AdjustedSku {
  readonly view: AdjustedSkuView;
  readonly position: Position;
}

/** Changes of a SKU at several locations, in one decision. */
export class AdjustmentsService {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly locations: TenantLocations,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 400 for a location named twice; 404 `unknown_location`, `unknown_sku`; 409 that names each short location */
  async adjust(asker: Asker, sku: string, request: AdjustLocationsRequest, commandId: string): Promise<AdjustedSku> {
    const { adjustments, reasonCode = 'adjustment', reason, mayUncoverPromises } = request;
    await this.requireLocations(asker.tenant, adjustments);
    const at = this.clock.now();
    const outcome = await this.ledger.execute(
      { tenant: asker.tenant, sku },
      {
        type: 'AdjustLocations',
        at,
        commandId,
        adjustments: adjustments.map(({ locationId, delta }) => ({ locationId, delta })),
        effectiveAt: effectiveTime(request.effectiveAt, at),
        reasonCode,
        ...(reason === undefined ? {} : { reason }),
        ...(mayUncoverPromises === undefined ? {} : { mayUncoverPromises }),
      },
      { actor: asker.subject },
    );
    if (outcome.kind === 'refused') throw adjustmentsRefused(outcome, sku, adjustments);
    const locationIds = adjustments.map(({ locationId }) => locationId);
    return { view: viewOf(outcome.state, sku, locationIds, at), position: outcome.position };
  }

  private async requireLocations(tenant: string, adjustments: readonly LocationAdjustmentRequest[]): Promise<void> {
    const ids = adjustments.map(({ locationId }) => locationId);
    const twice = ids.flatMap((id, index) =>
      ids.indexOf(id) < index ? [{ field: field(index, 'locationId'), message: `names ${id} again; add its units up` }] : [],
    );
    if (twice.length > 0) throw new Problem(400, 'validation_failed', 'A location is named twice', { details: twice });
    const unknown = await this.locations.unknownOf(tenant, ids);
    const details = ids.flatMap((id, index) =>
      unknown.has(id) ? [{ field: field(index, 'locationId'), message: `there is no location ${id}` }] : [],
    );
    if (details.length > 0) throw new Problem(404, 'unknown_location', `There is no location ${[...unknown].join(', ')}`, { details });
  }
}

function viewOf(state: SkuState, sku: string, locationIds: readonly string[], at: number): AdjustedSkuView {
  const balances = [...state.balances];
  const total = (units: (entry: (typeof balances)[number]) => number): number => balances.reduce((sum, entry) => sum + units(entry), 0);
  return {
    sku,
    adjustedAt: new Date(at).toISOString(),
    totalOnHand: total(([, { onHand }]) => onHand),
    totalReserved: total(([, { reserved }]) => reserved),
    totalAvailable: total(([locationId]) => availableUnits(state, locationId, at)),
    items: locationIds.map((locationId) => itemView(state, sku, locationId, at)),
  };
}
