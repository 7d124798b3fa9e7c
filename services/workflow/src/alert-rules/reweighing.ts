import { inTransaction, type Chore } from '@holdfast/kit';
import type { Pool, PoolClient } from 'pg';
import { sayAlerts } from '../stock-alerts/alert-message.js';
import type { SubjectKey } from '../stock-alerts/level-rows.js';
import { weigh } from '../stock-alerts/weighing.js';

const EVERY_MS = 1_000;
const SKUS_AT_ONCE = 500;

/** Several processes look: each takes another one. */
const NEXT = `
  SELECT id, tenant, sku, category, location_id AS "locationId", after_sku AS "afterSku" FROM workflow.alert_reweigh
   ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`;

/** SKUs of a category or all, over all locations; a SKU that was never seen has nothing to compare. */
const OVER_ALL = `
  SELECT tenant, sku, '' AS "locationId" FROM workflow.stock_alert
   WHERE tenant = $1 AND location_id = '' AND sku > $2 AND ($3 = '' OR sku = $3) AND ($4 = '' OR category = $4)
   ORDER BY sku LIMIT ${String(SKUS_AT_ONCE)}`;

const AT_LOCATION = `
  SELECT s.tenant, s.sku, s.location_id AS "locationId" FROM workflow.stock s
    LEFT JOIN workflow.stock_alert p ON p.tenant = s.tenant AND p.sku = s.sku AND p.location_id = ''
   WHERE s.tenant = $1 AND s.location_id = $5 AND s.sku > $2 AND ($3 = '' OR s.sku = $3) AND ($4 = '' OR p.category = $4)
   ORDER BY s.sku LIMIT ${String(SKUS_AT_ONCE)}`;

interface Work {
  readonly id: string;
  readonly tenant: string;
  readonly sku: string;
  readonly category: string;
  readonly locationId: string;
  readonly afterSku: string;
}

/** Compares the SKUs of rules that changed with their thresholds, in pieces; a piece and its place are one transaction. */
export class Reweighing {
  constructor(
    private readonly pool: Pool,
    private readonly wakePublisher: () => void,
    private readonly now: () => number,
    private readonly onFault: (error: unknown) => void,
  ) {}

  private readonly stopping = new AbortController();
  private work: Promise<void> = Promise.resolve();

  /** Goes on with what another process left. */
  readonly chore: Chore = { name: 'alert-rules', everyMs: EVERY_MS, run: (stopping) => this.run(stopping) };

  /** A rule changed: its SKUs are compared now, and not waited for. */
  nudge(): void {
    this.work = this.work.then(() => this.run(this.stopping.signal)).catch(this.onFault);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.work;
  }

  private async run(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted && (await this.piece()));
  }

  /** @returns whether there may be more */
  private async piece(): Promise<boolean> {
    const { mayBeMore, told } = await inTransaction(this.pool, async (client) => {
      const work = (await client.query<Work>(NEXT)).rows[0];
      if (work === undefined) return { mayBeMore: false, told: 0 };
      const subjects = await subjectsOf(client, work);
      const said = await sayAlerts(client, await weigh(client, subjects, this.now()));
      await moveOn(client, work, subjects);
      return { mayBeMore: true, told: said };
    });
    if (told > 0) this.wakePublisher();
    return mayBeMore;
  }
}

async function subjectsOf(client: PoolClient, { tenant, sku, category, locationId, afterSku }: Work): Promise<readonly SubjectKey[]> {
  const values = [tenant, afterSku, sku, category];
  const { rows } =
    locationId === ''
      ? await client.query<SubjectKey>(OVER_ALL, values)
      : await client.query<SubjectKey>(AT_LOCATION, [...values, locationId]);
  return rows;
}

async function moveOn(client: PoolClient, { id }: Work, subjects: readonly SubjectKey[]): Promise<void> {
  const last = subjects.at(-1);
  if (last === undefined || subjects.length < SKUS_AT_ONCE) await client.query('DELETE FROM workflow.alert_reweigh WHERE id = $1', [id]);
  else await client.query('UPDATE workflow.alert_reweigh SET after_sku = $2 WHERE id = $1', [id, last.sku]);
}
