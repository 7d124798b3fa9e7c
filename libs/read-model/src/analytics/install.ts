import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '@holdfast/kit';
import { ACCESS, accessStatements, ANALYSTS, roleStatements, tenantTableStatements, VIEW_OWNER } from './access.js';
import { ANALYTICS, literal, viewStatements } from './view.js';
import { ANALYST_VIEWS, SHARED_TABLES, TENANT_TABLES } from './views/index.js';

/**
 * `waiting`: a service whose tables the views read has not started yet. `not_permitted`: the database's user may not make roles. `busy`: a lock was
 * not had in time, as somebody reads the former views or another process replaces them.
 */
export type AnalyticsState = 'installed' | 'current' | 'waiting' | 'not_permitted' | 'busy';

const STATE_OF_FAULT: Readonly<Record<string, AnalyticsState>> = { '42501': 'not_permitted', '55P03': 'busy' };
const DEADLOCK = '40P01';
const ATTEMPTS = 5;
const PATIENCE_MS = 5_000;
const TABLES = [...TENANT_TABLES, ...SHARED_TABLES];
const SCHEMAS = [...new Set(TABLES.map((table) => table.slice(0, table.indexOf('.'))))];

/**
 * Makes the schema `analytics`, unless it is there as this version has it and reads the live tables. Called by each service that owns some of
 * the tables, once it has them, and after a rebuild has replaced tables. The views hold nothing, so they are dropped and made anew.
 * @param patienceMs how long each statement waits for a lock; 0 without an end, which is not for a start: services do not answer before it
 */
export async function installAnalytics(pool: Pool, patienceMs = PATIENCE_MS, attempts = ATTEMPTS): Promise<AnalyticsState> {
  try {
    return await inTransaction(pool, (client) => install(client, patienceMs));
  } catch (error) {
    const code = String((error as { readonly code?: unknown }).code);
    // Services write to the same tables meanwhile; of two that wait for each other, Postgres ends one.
    if (code === DEADLOCK && attempts > 1) return installAnalytics(pool, patienceMs, attempts - 1);
    const state = STATE_OF_FAULT[code];
    if (state === undefined) throw error;
    return state;
  }
}

async function install(client: PoolClient, patienceMs: number): Promise<AnalyticsState> {
  await client.query(`SET LOCAL lock_timeout = ${String(Math.trunc(patienceMs))}`);
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('holdfast analytics'))`);
  const { rows } = await client.query<{ readonly oids: readonly (string | null)[]; readonly installed: string | null }>(
    `SELECT array_agg(to_regclass(name)::oid::text ORDER BY place) AS oids,
            (SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = '${ANALYTICS}') AS installed
       FROM unnest($1::text[]) WITH ORDINALITY AS t (name, place)`,
    [TABLES],
  );
  const { oids = [], installed = null } = rows[0] ?? {};
  if (oids.includes(null)) return 'waiting';
  const views = ANALYST_VIEWS.flatMap(viewStatements);
  const comment = `Views for analysts, made by Holdfast and replaced when it changes them: make nothing here. Version ${versionOf([...accessStatements(), ...views, ...oids])}.`;
  if (installed === comment) return 'current';
  const statements = [
    // Waits for analysts, so it comes before every statement that locks tables of the services.
    `DROP SCHEMA IF EXISTS ${ANALYTICS} CASCADE`,
    ...roleStatements(),
    ...accessStatements(),
    ...TENANT_TABLES.flatMap(tenantTableStatements),
    ...schemaStatements(views, comment),
  ];
  await client.query(statements.join(';\n'));
  return 'installed';
}

const versionOf = (parts: readonly (string | null)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);

const schemaStatements = (views: readonly string[], comment: string): readonly string[] => [
  ...SCHEMAS.map((schema) => `GRANT USAGE ON SCHEMA ${schema} TO ${VIEW_OWNER}`),
  `GRANT SELECT ON ${TABLES.join(', ')} TO ${VIEW_OWNER}`,
  `CREATE SCHEMA ${ANALYTICS}`,
  `GRANT USAGE, CREATE ON SCHEMA ${ANALYTICS} TO ${VIEW_OWNER}`,
  ...views,
  ...ANALYST_VIEWS.map(({ name }) => `ALTER VIEW ${ANALYTICS}.${name} OWNER TO ${VIEW_OWNER}`),
  `REVOKE CREATE ON SCHEMA ${ANALYTICS} FROM ${VIEW_OWNER}`,
  `GRANT USAGE ON SCHEMA ${ANALYTICS} TO ${ANALYSTS}`,
  `GRANT SELECT ON ALL TABLES IN SCHEMA ${ANALYTICS} TO ${ANALYSTS}`,
  `GRANT EXECUTE ON FUNCTION ${ACCESS}.tenant() TO ${ANALYSTS}, ${VIEW_OWNER}`,
  `COMMENT ON SCHEMA ${ANALYTICS} IS ${literal(comment)}`,
];
