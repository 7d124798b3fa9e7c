import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { inTransaction } from '@holdfast/kit';
import { ACCESS, ANALYSTS } from './access.js';
import { scramSecret } from './scram.js';
import { ANALYTICS, literal } from './view.js';

/** A login that reads the views of one tenant. */
export interface AnalyticsReader {
  readonly login: string;
  readonly tenant: string;
  /** Whom or what it is for. */
  readonly label: string;
  readonly createdAt: Date;
}

export interface NewReader extends Omit<AnalyticsReader, 'createdAt'> {
  /** Shown once: Postgres keeps a hash of it, Holdfast keeps nothing. */
  readonly password: string;
}

const CONNECTIONS = 10;
const PASSWORD_BYTES = 24;

/** Makes a login for a tenant. Its name says nothing of the tenant, as every login may list the names of all. */
export async function addReader(pool: Pool, tenant: string, label: string): Promise<NewReader> {
  const login = `analyst_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  const secret = scramSecret(password, randomBytes(16));
  await inTransaction(pool, async (client) => {
    await client.query(
      `CREATE ROLE ${login} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
         CONNECTION LIMIT ${String(CONNECTIONS)} IN ROLE ${ANALYSTS} PASSWORD ${literal(secret)}`,
    );
    // For convenience and against mistakes; what protects the rows is the table of readers.
    for (const setting of [
      'default_transaction_read_only = on',
      `search_path = ${ANALYTICS}`,
      `statement_timeout = '5min'`,
      `idle_in_transaction_session_timeout = '5min'`,
    ]) {
      await client.query(`ALTER ROLE ${login} SET ${setting}`);
    }
    await client.query(`INSERT INTO ${ACCESS}.reader (role_name, tenant, label) VALUES ($1, $2, $3)`, [login, tenant, label]);
  });
  return { login, tenant, label, password };
}

/** Every login, oldest first. */
export async function listReaders(pool: Pool): Promise<readonly AnalyticsReader[]> {
  const { rows } = await pool.query<AnalyticsReader>(
    `SELECT role_name AS login, tenant, label, created_at AS "createdAt" FROM ${ACCESS}.reader ORDER BY created_at, role_name`,
  );
  return rows;
}

/**
 * Removes a login. From the moment that it may not log in its open sessions see no rows; then they are ended. Each step may be done again: what
 * fails half-way, such as a role that owns something in another database, is completed by the next call.
 * @returns whether there was such a login
 */
export async function removeReader(pool: Pool, login: string): Promise<boolean> {
  const { rows } = await pool.query<{ readonly listed: boolean; readonly role: boolean }>(
    `SELECT EXISTS (SELECT FROM ${ACCESS}.reader WHERE role_name = $1) AS listed, EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role`,
    [login],
  );
  const { listed = false, role = false } = rows[0] ?? {};
  if (!listed) return false;
  if (role) await dropRole(pool, login);
  await pool.query(`DELETE FROM ${ACCESS}.reader WHERE role_name = $1`, [login]);
  return true;
}

async function dropRole(pool: Pool, login: string): Promise<void> {
  const name = identifier(login);
  await pool.query(`ALTER ROLE ${name} NOLOGIN`);
  // Who made a role without being a superuser may not yet end its sessions.
  await pool.query(`DO $$ BEGIN IF NOT pg_has_role(${literal(login)}, 'USAGE') THEN GRANT ${name} TO CURRENT_USER; END IF; END $$`);
  await pool.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = $1', [login]);
  await pool.query(`DROP OWNED BY ${name}`);
  await pool.query(`DROP ROLE ${name}`);
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
