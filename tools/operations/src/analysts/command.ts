import type { Pool } from 'pg';
import { ConfigError } from '@holdfast/platform';
import { addReader, installAnalytics, listReaders, removeReader, restrictAnalysts, type AnalyticsState } from '@holdfast/read-model';
import { UsageError } from '../command-line.js';
import { connect } from '../connect.js';
import { analystsRequest, type AnalystsRequest } from './request.js';

const FAULTS: Readonly<Partial<Record<AnalyticsState, string>>> = {
  waiting: 'The database has no tables of Holdfast yet, or not of all its services: start Holdfast first.',
  not_permitted: 'The user of the database may not make roles: give it CREATEROLE (docs/guides/analysts.md).',
};

const OPEN =
  'This login can stop the writes of all tenants, by advisory locks, and fill the disk. The user of the database may not forbid it: let a superuser run these statements, or give analysts a replica (docs/guides/analysts.md).';

async function answer(pool: Pool, databaseUrl: string, request: AnalystsRequest): Promise<object> {
  switch (request.kind) {
    case 'add': {
      const statements = await restrictAnalysts(pool);
      const { password, ...reader } = await addReader(pool, request.tenant, request.label);
      const added = { ...reader, password, url: urlOf(databaseUrl, reader.login) };
      return statements.length === 0 ? added : { ...added, warning: OPEN, statements };
    }
    case 'list':
      return { readers: await listReaders(pool) };
    case 'remove':
      if (!(await removeReader(pool, request.login))) throw new UsageError(`There is no login ${request.login}.`);
      return { removed: request.login };
  }
}

/** The address of the database as the login, without a password. */
function urlOf(databaseUrl: string, login: string): string {
  const url = new URL(databaseUrl);
  url.username = login;
  url.password = '';
  return url.toString();
}

try {
  const request = analystsRequest(process.argv.slice(2));
  const runtime = await connect(process.env);
  try {
    const { pool, connectionString } = runtime.database;
    const fault = FAULTS[await installAnalytics(pool)];
    if (fault !== undefined) throw new UsageError(fault);
    process.stdout.write(`${JSON.stringify(await answer(pool, connectionString, request), null, 2)}\n`);
  } finally {
    await runtime.stop();
  }
} catch (error) {
  process.exitCode = 1;
  const isExpected = error instanceof UsageError || error instanceof ConfigError;
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
