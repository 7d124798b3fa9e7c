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
   * All troubles that were told and are not over, and of each tenant the oldest others: so none is hidden for good by those before it.
   * @param now epoch milliseconds
   */
  readonly troubles: (client: PoolClient, now: number, look: TroubleLook) => Promise<readonly Trouble[]>;
}

export interface TroubleLook {
  /** Of each tenant so many that were not told yet, or a few more. */
  readonly most: number;
  readonly isTold: (tenant: string, subject: string) => boolean;
}

interface TroubleQuery {
  readonly kind: WarehouseTrouble;
  /** Its rows have `tenant` and `since`. */
  readonly sql: string;
  readonly values: readonly unknown[];
  /** Column of the subject. */
  readonly subject: string;
}

/** The rows that were told, and the oldest others of each tenant, so that one tenant's troubles do not hide another's. */
export async function toldAndOldest<Row extends QueryResultRow>(
  client: PoolClient,
  { kind, sql, values, subject }: TroubleQuery,
  most: number,
): Promise<readonly Row[]> {
  const [kindAt, mostAt] = [`$${String(values.length + 1)}`, `$${String(values.length + 2)}`];
  const told = `SELECT FROM workflow.alert_trouble a WHERE a.kind = ${kindAt} AND a.tenant = t.tenant AND a.subject = t."${subject}"`;
  const marked = `SELECT t.*, EXISTS (${told}) AS is_told FROM (${sql}) t`;
  const ranked = `SELECT t.*, row_number() OVER (PARTITION BY t.tenant, t.is_told ORDER BY t.since) AS rank FROM (${marked}) t`;
  return (await client.query<Row>(`SELECT * FROM (${ranked}) t WHERE is_told OR rank <= ${mostAt}`, [...values, kind, most])).rows;
}
