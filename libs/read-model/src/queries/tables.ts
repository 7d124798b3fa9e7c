import type { Pool } from 'pg';
import { READ_MODEL, checkedSchema } from '../schema-name.js';

/** Where the queries of this folder read. */
export interface Tables {
  readonly pool: Pool;
  readonly schema: string;
}

export const tablesIn = (pool: Pool, schema: string = READ_MODEL): Tables => ({ pool, schema: checkedSchema(schema) });

export interface PageRequest {
  readonly limit: number;
  readonly offset: number;
}

export interface PageOf<Row> {
  readonly rows: readonly Row[];
  /** Rows over all pages. */
  readonly total: number;
}

/** Conditions joined by AND, with their parameters. */
export class Conditions {
  readonly values: unknown[];
  private readonly parts: string[] = [];

  /** @param given values of the statement before the conditions */
  constructor(given: readonly unknown[] = []) {
    this.values = [...given];
  }

  /** @param condition has `?` where the value goes; left out when the value is undefined */
  where(condition: string, value: unknown): this {
    if (value === undefined) return this;
    this.values.push(value);
    this.parts.push(condition.replaceAll('?', `$${this.values.length}`));
    return this;
  }

  get sql(): string {
    return this.parts.length === 0 ? 'true' : this.parts.join(' AND ');
  }
}

/** A search text as a pattern of ILIKE that finds it anywhere; its own wildcards stand for themselves. */
export const containing = (search: string | undefined): string | undefined =>
  search === undefined || search === '' ? undefined : `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** One page of a query, with how many rows there are over all pages. */
export async function pageOfRows<Row extends object>(
  tables: Tables,
  query: { readonly select: string; readonly from: string; readonly order: string; readonly conditions: Conditions },
  page: PageRequest,
): Promise<PageOf<Row>> {
  const { values, sql } = query.conditions;
  const [rows, count] = await Promise.all([
    tables.pool.query<Row>(
      `SELECT ${query.select} FROM ${query.from} WHERE ${sql} ORDER BY ${query.order} LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
      [...values, page.limit, page.offset],
    ),
    tables.pool.query<{ total: string }>(`SELECT count(*) AS total FROM ${query.from} WHERE ${sql}`, values),
  ]);
  return { rows: rows.rows, total: Number(count.rows[0]?.total ?? 0) };
}
