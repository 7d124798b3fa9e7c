import type { Pool } from 'pg';
import { inTransaction } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import { findReason, SYSTEM_REASON_CODES, unknownReason, type ReasonCode } from '@holdfast/warehouse';
import { adjustmentProblem } from '../adjustments/adjustment-refusals.js';
import type { OwnReasonCode, ReasonCodesView } from './reason-codes.dto.js';

const COLUMNS = 'code, name, direction, counts_as_use AS "countsAsUse", requires_reason AS "requiresReason"';
const OWN = `SELECT ${COLUMNS} FROM workflow.reason_code WHERE tenant = $1 ORDER BY line`;
/** Two replacements at once would mix. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('holdfast reason codes ' || $1, 0))`;
const CLEAR = 'DELETE FROM workflow.reason_code WHERE tenant = $1';
const STORE = `
  INSERT INTO workflow.reason_code (tenant, code, name, direction, counts_as_use, requires_reason, line)
  SELECT $1, code, name, direction, "countsAsUse", "requiresReason", line
    FROM jsonb_to_recordset($2::jsonb) AS r (code text, name text, direction text, "countsAsUse" boolean, "requiresReason" boolean, line int)`;

type Own = Required<OwnReasonCode>;

/** The reasons of a tenant: those that all have, and its own. */
export class ReasonCodes {
  constructor(private readonly pool: Pool) {}

  async list(tenant: string): Promise<ReasonCodesView> {
    const all = SYSTEM_REASON_CODES.map(({ use, ...reason }) => ({ ...reason, countsAsUse: use !== 'no', system: true }));
    const own = (await this.own(tenant)).map((reason) => ({ ...reason, system: false }));
    return { reasonCodes: [...all, ...own] };
  }

  /** Replaces the tenant's own ones. @throws Problem 400 for a code that every tenant has, or that is sent twice */
  async put(tenant: string, codes: readonly OwnReasonCode[]): Promise<ReasonCodesView> {
    for (const [index, { code }] of codes.entries()) {
      const field = `reasonCodes[${String(index)}].code`;
      if (findReason(code) !== undefined)
        throw new Problem(400, 'reason_code_reserved', 'Every tenant has this reason code; choose another', { details: [{ field, code }] });
      if (codes.findIndex((each) => each.code === code) < index) {
        const details = [{ field, message: 'must not be sent twice' }];
        throw new Problem(400, 'validation_failed', 'The request body has a fault', { details });
      }
    }
    const rows = codes.map((each, line): Own & { line: number } => ({ countsAsUse: false, requiresReason: false, ...each, line }));
    await inTransaction(this.pool, async (client) => {
      await client.query(LOCK, [tenant]);
      await client.query(CLEAR, [tenant]);
      await client.query(STORE, [tenant, JSON.stringify(rows)]);
    });
    return this.list(tenant);
  }

  /** The reason of a code. @throws Problem 400 `unknown_reason_code` with the codes that there are */
  async find(tenant: string, code: string): Promise<ReasonCode> {
    const system = findReason(code);
    if (system !== undefined) return system;
    const own = await this.own(tenant);
    const found = own.find((each) => each.code === code);
    if (found === undefined) throw adjustmentProblem(unknownReason(own));
    const { countsAsUse, ...reason } = found;
    return { ...reason, use: countsAsUse ? 'signed' : 'no' };
  }

  private async own(tenant: string): Promise<readonly Own[]> {
    return (await this.pool.query<Own>(OWN, [tenant])).rows;
  }
}
