import { chooseLocation } from '@holdfast/inventory';
import type { Outcome, SkuLedger } from '@holdfast/ledger';
import { Problem, unknownSkus } from '@holdfast/platform';
import type { WrittenBy } from '../channels/tenant-channels.js';
import type { HistoryService } from '../history/history.service.js';
import type { SyncService } from '../sync/sync.service.js';
import type { KnownLocations } from '@holdfast/ledger';
import type { MasterView, UpdatedMaster, UpdateMasterRequest } from './master.dto.js';
import { masterView } from './master-view.js';

export class MasterService {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly locations: KnownLocations,
    private readonly history: HistoryService,
    private readonly sync: SyncService,
  ) {}

  /** @throws Problem 404 `unknown_sku` */
  async read(tenant: string, sku: string, at: number): Promise<{ readonly view: MasterView; readonly position: bigint }> {
    const { state, position } = await this.ledger.read({ tenant, sku });
    if (!state.known) throw unknownSkus([sku]);
    return { view: masterView(sku, state, at), position };
  }

  /** @throws Problem 400 `location_required`, 404 `unknown_location`, 409 with the code and the figures of a refusal */
  async update(
    sku: string,
    request: UpdateMasterRequest,
    by: WrittenBy,
  ): Promise<{ readonly updated: UpdatedMaster; readonly position: bigint }> {
    const { tenant, actor, commandId, at } = by;
    const locationId = await this.placeOf(tenant, sku, request.locationId);
    const outcome = await this.ledger.execute(
      { tenant, sku },
      {
        type: 'RecordStock',
        at,
        commandId,
        locationId,
        counted: request.quantity,
        effectiveAt: at,
        reasonCode: 'master_update',
        ...(request.reason === undefined ? {} : { reason: request.reason }),
      },
      { actor },
    );
    const view = masterView(sku, accepted(outcome).state, at);
    await this.history.recordUpdate({ tenant, sku, locationId, quantity: request.quantity, reason: request.reason, actor });
    const syncedChannels = request.syncToChannels === true ? await this.sync.afterUpdate(tenant, sku) : [];
    return { updated: { ...view, locationId, syncedChannels }, position: outcome.position };
  }

  private async placeOf(tenant: string, sku: string, wished: string | undefined): Promise<string> {
    if (wished !== undefined) {
      if (await this.locations.knows(tenant, wished)) return wished;
      throw new Problem(404, 'unknown_location', 'There is no such location', { details: [{ locationId: wished }] });
    }
    const choice = chooseLocation((await this.ledger.read({ tenant, sku })).state);
    if (choice.kind === 'chosen') return choice.locationId;
    const details = [{ field: 'locationId', message: 'is needed for a SKU in several locations' }, ...choice.locations];
    throw new Problem(400, 'location_required', 'The SKU lies in several locations: say which by locationId', { details });
  }
}

function accepted(outcome: Outcome): Outcome & { kind: 'accepted' } {
  if (outcome.kind === 'accepted') return outcome;
  throw new Problem(409, outcome.code, 'The quantity cannot be recorded', { details: [outcome.details] });
}
