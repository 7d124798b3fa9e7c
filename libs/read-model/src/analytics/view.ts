/** A column of a view: what analysts read about it stands in the catalogue of Postgres and in the reference. */
export interface ViewColumn {
  readonly name: string;
  /** As Postgres names it. */
  readonly type: string;
  /** SQL of its value. */
  readonly sql: string;
  /** Unit and formula, in words. */
  readonly comment: string;
}

/** A view for analysts. Its statement names tables with their schemas; the rows of other tenants are left out below it. */
export interface AnalystView {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly ViewColumn[];
  /** From `FROM` on. */
  readonly from: string;
}

/** Schema of the views. */
export const ANALYTICS = 'analytics';

export const column = (name: string, type: string, sql: string, comment: string): ViewColumn => ({ name, type, sql, comment });

export const units = (name: string, sql: string, comment: string): ViewColumn => column(name, 'bigint', sql, `Units. ${comment}`);

/** @param sql minor units of the tenant's currency */
export const money = (name: string, sql: string, comment: string): ViewColumn =>
  column(name, 'numeric', `round((${sql})::numeric / 100, 2)`, `Money, in the tenant's currency. ${comment}`);

export const skuColumn = (of: string): ViewColumn => column('sku', 'text', `${of}.sku::text`, 'Stock keeping unit; joins dim_products');

export const locationColumn = (of: string): ViewColumn =>
  column('location_id', 'text', `${of}.location_id::text`, 'Location; joins dim_locations');

export const time = (name: string, sql: string, comment: string): ViewColumn => column(name, 'timestamp with time zone', sql, comment);

/** A day of UTC from a number of days since 1970. */
export const dayOf = (sql: string): string => `date '1970-01-01' + ${sql}`;

export const TODAY = `((now() AT TIME ZONE 'UTC')::date - date '1970-01-01')`;

/** Statements that make the view, with a comment on it and on every column. */
export function viewStatements({ name, comment, columns, from }: AnalystView): readonly string[] {
  const view = `${ANALYTICS}.${name}`;
  const selected = columns.map(({ name: as, sql, type }) => `(${sql})::${type} AS ${as}`).join(', ');
  return [
    `CREATE VIEW ${view} WITH (security_barrier = true) AS SELECT ${selected} ${from}`,
    `COMMENT ON VIEW ${view} IS ${literal(comment)}`,
    ...columns.map((each) => `COMMENT ON COLUMN ${view}.${each.name} IS ${literal(each.comment)}`),
  ];
}

/** A text of this file's kind as a literal of SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
