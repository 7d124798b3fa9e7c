import { isForSale, unassignedUnits } from '@holdfast/inventory';
import type { KnownLocations, SkuLedger } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import type { BinSituation } from '@holdfast/warehouse';
import type { BinFacts } from './bin-facts.js';
import type { BinsQuery, BinsStockView, BinStockView } from './put-away.dto.js';

/** What people see of the bins of a location. */
export class BinStocks {
  constructor(
    private readonly facts: BinFacts,
    private readonly locations: KnownLocations,
    private readonly ledger: SkuLedger,
  ) {}

  /** @throws Problem 404 `unknown_location` */
  async of(tenant: string, { locationId, sku, purpose, quantity }: BinsQuery): Promise<BinsStockView> {
    const location = await this.locations.find(tenant, locationId);
    if (location === undefined) throw new Problem(404, 'unknown_location', 'There is no such location', { details: [{ locationId }] });
    const situations = await this.facts.situations(tenant, location);
    const views = situations.map((each) => ({ ...binStock(each, sku), sellable: isForSale(location, each.bin) }));
    const bins = views.filter((view) => serves(view, purpose, quantity ?? 1));
    return { bins, unassigned: sku === undefined ? null : await this.unassigned(tenant, sku, locationId) };
  }

  private async unassigned(tenant: string, sku: string, locationId: string): Promise<number> {
    return unassignedUnits((await this.ledger.read({ tenant, sku })).state, locationId);
  }
}

function serves({ quantityOnHand, blocked, free }: BinStockView, purpose: BinsQuery['purpose'], quantity: number): boolean {
  switch (purpose) {
    case undefined:
      return true;
    case 'source':
      return quantityOnHand >= quantity;
    case 'destination':
      return !blocked && (free === null || free >= quantity);
    default:
      return purpose satisfies never;
  }
}

const sum = (units: readonly { readonly units: number }[]): number => units.reduce((total, each) => total + each.units, 0);

function binStock({ bin, contents, claims }: BinSituation, sku: string | undefined): BinStockView {
  const { binId, kind, sequence, capacityUnits, sellable, blocked } = bin;
  const ofSku = sku === undefined ? contents : contents.filter((each) => each.sku === sku);
  return {
    binId,
    type: kind,
    sequence,
    capacity: capacityUnits,
    contents: sum(contents),
    claimed: sum(claims),
    free: capacityUnits === null ? null : capacityUnits - sum(contents) - sum(claims),
    quantityOnHand: sum(ofSku),
    lots: sku === undefined ? [] : ofSku.map(({ lotId, units }) => ({ lotId: lotId ?? null, quantity: units })),
    sellable,
    blocked,
  };
}
