import type { Pool } from 'pg';
import { runInLanes, uuidOf, type Chore } from '@holdfast/kit';
import type { SkuLedger } from '@holdfast/ledger';

const LOOK_MS = 1_000;
/** Without a change it is looked at this often: a command may have failed. */
const LOOK_ANYWAY_MS = 60_000;
const PAGE = 500;
const AT_ONCE = 8;

/** A SKU that keeps units in a bin otherwise than the catalogue says. */
interface Untold {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
  readonly bins: readonly { readonly binId: string; readonly sellable: boolean }[];
}

const IS_CLOSED = '(NOT b.sellable OR (b.is_receiving AND NOT coalesce(l.before_put_away, true)))';

/** One row a SKU and location, after those that were looked at. Bins that the catalogue does not have are nobody's affair. */
const UNTOLD = `
  SELECT tenant, sku, location_id AS "locationId", json_agg(json_build_object('binId', bin_id, 'sellable', sellable) ORDER BY bin_id) AS bins
    FROM (
      SELECT c.tenant, c.sku, c.location_id, c.bin_id, false AS sellable
        FROM workflow.bin_sale b
        LEFT JOIN workflow.location_sale l USING (tenant, location_id)
        JOIN workflow.bin_content c USING (tenant, location_id, bin_id)
        LEFT JOIN workflow.bin_told t ON (t.tenant, t.sku, t.location_id, t.bin_id) = (c.tenant, c.sku, c.location_id, c.bin_id) AND t.is_closed
       WHERE ${IS_CLOSED} AND c.units <> 0 AND t.sku IS NULL
      UNION
      SELECT t.tenant, t.sku, t.location_id, t.bin_id, true
        FROM workflow.bin_told t
        JOIN workflow.bin_sale b USING (tenant, location_id, bin_id)
        LEFT JOIN workflow.location_sale l USING (tenant, location_id)
       WHERE t.is_closed AND NOT ${IS_CLOSED}
    ) AS untold
   WHERE (tenant, sku, location_id) > ($1, $2, $3)
   GROUP BY tenant, sku, location_id
   ORDER BY tenant, sku, location_id
   LIMIT ${PAGE}`;

export interface SaleWatchParts {
  readonly pool: Pool;
  readonly ledger: Pick<SkuLedger, 'execute'>;
  readonly now: () => number;
  /** Whether the catalogue is as new as what lies in bins, which is followed apart from it: an old catalogue would be told to new contents. */
  readonly isUpToDate: () => boolean;
  readonly onFault: (error: unknown) => void;
}

/**
 * Tells each SKU with units in a bin what the catalogue says of the bin since. It compares what is so with what was told, so it ends after
 * any interruption, and two processes at once tell the same twice, which changes nothing.
 */
export class SaleWatch {
  private isDue = true;
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: SaleWatchParts) {}

  get chore(): Chore {
    return { name: 'bin-sale', everyMs: LOOK_MS, run: (stopping) => this.run(stopping) };
  }

  /** The catalogue, or what lies in bins, may have changed. */
  look(): void {
    this.isDue = true;
  }

  async run(stopping: Pick<AbortSignal, 'aborted'>): Promise<void> {
    const { now, isUpToDate } = this.parts;
    if (!isUpToDate()) return;
    if (!this.isDue && now() - this.lookedAt < LOOK_ANYWAY_MS) return;
    this.isDue = false;
    this.lookedAt = now();
    let after: readonly string[] = ['', '', ''];
    while (!stopping.aborted) {
      const { rows } = await this.parts.pool.query<Untold>(UNTOLD, [...after]);
      await this.tell(rows, stopping);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      after = [last.tenant, last.sku, last.locationId];
    }
  }

  /** One that fails is told at the next look; it keeps none of the others. */
  private async tell(rows: readonly Untold[], stopping: Pick<AbortSignal, 'aborted'>): Promise<void> {
    const lanes = { laneOf: ({ tenant, sku }: Untold) => JSON.stringify([tenant, sku]), lanes: AT_ONCE, window: 1 };
    const results = await runInLanes(rows, lanes, async (row) => (stopping.aborted ? undefined : this.tellOne(row)));
    for (const result of results) if (result.kind === 'failed') this.parts.onFault(result.error);
  }

  private async tellOne({ tenant, sku, locationId, bins }: Untold): Promise<void> {
    const at = this.parts.now();
    const commandId = uuidOf(JSON.stringify(['bin-sale', tenant, sku, locationId, bins, at]));
    await this.parts.ledger.execute({ tenant, sku }, { type: 'SetBinSale', at, commandId, locationId, bins });
  }
}
