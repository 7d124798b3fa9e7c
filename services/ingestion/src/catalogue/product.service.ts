import type { Position } from '@holdfast/event-store';
import { MAIN_LOCATION } from '@holdfast/inventory';
import type { Outcome, SkuLedger } from '@holdfast/ledger';
import { type Clock, uuidOf } from '@holdfast/kit';
import type { TenantLocations } from '../locations/tenant-locations.js';
import { requireLocation } from '../locations/require-location.js';
import { refusalProblem } from '../stock/refusal-problem.js';
import type { Asker } from '../stock/stock.service.js';
import type { MasterProductView, ProductRequest } from './product.dto.js';

export interface PutProduct {
  readonly product: MasterProductView;
  readonly created: boolean;
  readonly position: Position;
}

/** Reads and changes the master data of products. It is stored in the stream of the SKU, so that both are created together. */
export class ProductService {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly locations: TenantLocations,
    private readonly clock: Clock,
  ) {}

  /** Creates the product or changes the fields given. @throws Problem 404 `unknown_location` */
  async put(asker: Asker, request: ProductRequest, commandId: string): Promise<PutProduct> {
    const { sku, safetyStock, locationId = MAIN_LOCATION.locationId, lotControl, ...description } = request;
    await requireLocation(this.locations, asker.tenant, locationId);
    const ref = { tenant: asker.tenant, sku };
    const context = { actor: asker.subject };
    const at = this.clock.now();
    const before = await this.ledger.read(ref);
    const created = !before.state.known;
    const describe = () => this.ledger.execute(ref, { type: 'DescribeProduct', at, commandId, verified: true, ...description }, context);
    const control = async (): Promise<void> => {
      if (lotControl === undefined) return;
      const command = { type: 'SetLotControl', at, commandId: uuidOf(`${commandId}|lot control`), control: lotControl } as const;
      accepted(await this.ledger.execute(ref, command, context), sku, locationId);
    };
    // Of a known SKU the only part that may be refused goes first, so that a refusal leaves nothing stored. A new one has no units to refuse it.
    if (!created) await control();
    const described = await describe();
    if (created) await control();
    const last =
      safetyStock === undefined
        ? described
        : await this.ledger.execute(
            ref,
            { type: 'SetSafetyStock', at, commandId: uuidOf(`${commandId}|safety stock`), locationId, quantity: safetyStock },
            context,
          );
    return { product: viewOf(accepted(last, sku, locationId), sku, safetyStock), created, position: last.position };
  }

  /** Those locations that `put` would not find. */
  unknownLocations(tenant: string, requests: readonly ProductRequest[]): Promise<ReadonlySet<string>> {
    return this.locations.unknownOf(tenant, [...new Set(requests.flatMap(({ locationId }) => locationId ?? []))]);
  }
}

function accepted(outcome: Outcome, sku: string, locationId: string): Outcome {
  if (outcome.kind === 'refused') throw refusalProblem(outcome, { sku, locationId });
  return outcome;
}

const viewOf = ({ state }: Outcome, sku: string, safetyStock: number | undefined): MasterProductView => ({
  id: sku,
  sku,
  ...state.description,
  verified: state.verified,
  ...(state.detail?.lots === undefined ? {} : { lotControl: state.detail.lots.control }),
  ...(safetyStock === undefined ? {} : { safetyStock }),
});
