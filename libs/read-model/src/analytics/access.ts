import type { Pool } from 'pg';
import { literal } from './view.js';

/** Owns the views, cannot log in, and sees of each table only the rows that its policy lets through. */
export const VIEW_OWNER = 'holdfast_analytics';
/** May read the views; every analyst's login belongs to it. */
export const ANALYSTS = 'holdfast_analysts';
/** Schema with the table that says which login reads which tenant. Analysts cannot enter it. */
export const ACCESS = 'analytics_access';

/**
 * Roles belong to the whole server: another database of it may have made them, even at this moment. Who makes a role without being a
 * superuser may not yet act as it, which the ownership of views needs.
 */
export const roleStatements = (): readonly string[] => [
  ...[VIEW_OWNER, ANALYSTS].map(
    (role) => `DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${literal(role)}) THEN CREATE ROLE ${role} NOLOGIN; END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$`,
  ),
  `DO $$ BEGIN IF NOT pg_has_role(${literal(VIEW_OWNER)}, 'USAGE') THEN GRANT ${VIEW_OWNER} TO CURRENT_USER; END IF; END $$`,
];

/**
 * The tenant of the login is looked up by `session_user`, which no `SET` changes. The function reads the table with the rights of its owner,
 * so that analysts need none. A login that may not log in any more has no tenant: its open sessions see no rows.
 */
export const accessStatements = (): readonly string[] => [
  `CREATE SCHEMA IF NOT EXISTS ${ACCESS}`,
  `CREATE TABLE IF NOT EXISTS ${ACCESS}.reader (
     role_name text PRIMARY KEY, tenant text NOT NULL, label text NOT NULL, created_at timestamptz NOT NULL DEFAULT now())`,
  `COMMENT ON TABLE ${ACCESS}.reader IS 'Logins of analysts and the tenant whose rows each may read. Passwords are with Postgres alone, hashed.'`,
  `CREATE OR REPLACE FUNCTION ${ACCESS}.tenant() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
     SET search_path = pg_catalog, pg_temp
     RETURN (SELECT r.tenant FROM ${ACCESS}.reader r JOIN pg_roles l ON l.rolname = session_user AND l.rolcanlogin WHERE r.role_name = session_user::text)`,
  `REVOKE EXECUTE ON FUNCTION ${ACCESS}.tenant() FROM PUBLIC`,
];

/** The policy binds the owner of the views. The owner of the tables, as which the services log in, is bound by none. */
export const tenantTableStatements = (table: string): readonly string[] => [
  // Where it is on already, nothing is locked.
  `DO $$ BEGIN
     IF NOT (SELECT relrowsecurity FROM pg_class WHERE oid = ${literal(table)}::regclass) THEN ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; END IF;
     IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = ${literal(table)}::regclass AND polname = 'analysts') THEN
       CREATE POLICY analysts ON ${table} FOR SELECT TO ${VIEW_OWNER} USING (tenant = (SELECT ${ACCESS}.tenant()));
     END IF;
   END $$`,
];

/** Called before a rebuild replaces tables. The new ones get the policies of the live ones while nobody reads them, so that no lock is waited for. */
export async function secureRebuilt(pool: Pool, live: string, next: string): Promise<void> {
  const { rows } = await pool.query<{ readonly name: string }>(
    `SELECT n.relname AS name FROM pg_class n JOIN pg_class l ON l.relname = n.relname AND l.relnamespace = to_regnamespace($1)
      WHERE n.relnamespace = to_regnamespace($2) AND l.relrowsecurity`,
    [live, next],
  );
  for (const { name } of rows) await pool.query(tenantTableStatements(`${next}.${name}`).join(';\n'));
}
