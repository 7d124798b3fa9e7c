import type { Position } from '@holdfast/event-store';
import type { ItemPlace, SkuCommand } from '@holdfast/inventory';
import { isRepeatedCommand, itemsOfId } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { TenantLocations } from '../locations/tenant-locations.js';
import { requireLocation } from '../locations/require-location.js';
import { itemView } from './item-view.js';
import { placeOfFigure } from './place-of-figure.js';
import { refusalProblem } from './refusal-problem.js';
import type { StockChange } from './stock-change.js';
import { changeCommand } from './stock-change.js';
import type { StockItemView } from './stock.dto.js';

export interface Asker {
  readonly tenant: string;
  readonly subject: string;
}

export interface Changed {
  readonly item: StockItemView;
  readonly position: Position;
  /** What on hand changed by; undefined where the command may have taken effect before. */
  readonly delta?: number;
}

/** Changes of stock that people and programs ask for. */
export class StockService {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly locations: TenantLocations,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 `unknown_location`, `unknown_sku`; 409 `insufficient_stock` */
  async change(asker: Asker, change: StockChange, commandId: string): Promise<Changed> {
    const locationId = change.locationId ?? (await this.placeOf(asker.tenant, change.sku));
    await requireLocation(this.locations, asker.tenant, locationId);
    return this.execute(asker, change.sku, locationId, changeCommand(change, locationId, commandId, this.clock.now()));
  }

  /** @throws Problem 404 `unknown_item`, `unknown_sku` */
  async setSafetyStock(asker: Asker, itemId: string, quantity: number, commandId: string): Promise<Changed> {
    const { sku, locationId } = await this.itemOf(asker.tenant, itemId);
    return this.execute(asker, sku, locationId, { type: 'SetSafetyStock', at: this.clock.now(), commandId, locationId, quantity });
  }

  /** Balances as they are now. */
  async read(tenant: string, sku: string, locationId: string | undefined): Promise<Changed> {
    const { state, position } = await this.ledger.read({ tenant, sku });
    return { item: itemView(state, sku, locationId ?? placeOfFigure(state, sku), this.clock.now()), position };
  }

  private async execute(asker: Asker, sku: string, locationId: string, command: SkuCommand): Promise<Changed> {
    const outcome = await this.ledger.execute({ tenant: asker.tenant, sku }, command, { actor: asker.subject });
    if (outcome.kind === 'refused') throw refusalProblem(outcome, { sku, locationId });
    const delta =
      outcome.events.find((event) => event.type === 'StockAdjusted')?.delta ??
      (isRepeatedCommand(outcome.state, command.commandId) ? undefined : 0);
    const item = itemView(outcome.state, sku, locationId, command.at);
    return { item, position: outcome.position, ...(delta === undefined ? {} : { delta }) };
  }

  private async placeOf(tenant: string, sku: string): Promise<string> {
    return placeOfFigure((await this.ledger.read({ tenant, sku })).state, sku);
  }

  /** Of several items that an old id may mean, the first whose location exists. */
  private async itemOf(tenant: string, itemId: string): Promise<ItemPlace> {
    const items = itemsOfId(itemId);
    const unknown = await this.locations.unknownOf(
      tenant,
      items.map(({ locationId }) => locationId),
    );
    const item = items.find(({ locationId }) => !unknown.has(locationId));
    if (item === undefined) throw new Problem(404, 'unknown_item', 'There is no such inventory item; its id is <sku>~<locationId>');
    return item;
  }
}
