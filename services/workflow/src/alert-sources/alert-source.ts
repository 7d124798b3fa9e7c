import type { WarehouseAlert, WarehouseTrouble } from '@holdfast/contracts';
import type { TroubleKey } from '@holdfast/warehouse';
import type { PoolClient, QueryResultRow } from 'pg';

/** A trouble as it is now, with what its alert says beside. */
export interface Trouble extends TroubleKey {
  /** Units, lines or days. */
  readonly figure: number;
  /** When it began, epoch milliseconds. */
  readonly since: number;
  readonly details?: Pick<WarehouseAlert, 'sku' | 'locationId' | 'lotId' | 'expiryDate' | 'documentId' | 'says'>;
}

/** One kind of trouble, looked for now and then. A new kind is a file like its neighbours and a line where they are listed. */
export interface AlertSource {
  readonly kind: WarehouseTrouble;
  readonly everyMs: number;
  /** Told once for each stage of a subject, without an end. */
  readonly isToldOnce?: true;
  /**
   * All troubles that there are; of a tenant with more than `most` its oldest, `most` or a few more of them.
   * @param now epoch milliseconds
   */
  readonly troubles: (client: PoolClient, now: number, most: number) => Promise<readonly Trouble[]>;
}

/**
 * The oldest rows of each tenant, so that one tenant's troubles do not hide another's.
 * @param sql a query whose rows have `tenant` and `since`
 */
export async function oldestOfEachTenant<Row extends QueryResultRow>(
  client: PoolClient,
  sql: string,
  values: readonly unknown[],
  most: number,
): Promise<readonly Row[]> {
  const ranked = `SELECT t.*, row_number() OVER (PARTITION BY t.tenant ORDER BY t.since) AS rank FROM (${sql}) t`;
  const text = `SELECT * FROM (${ranked}) t WHERE rank <= $${String(values.length + 1)}`;
  return (await client.query<Row>(text, [...values, most])).rows;
}
